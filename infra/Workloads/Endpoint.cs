using Pulumi;

namespace Infra.Workloads;

/// <summary>Where clients connect to: a host that the whole cluster knows, and a port.</summary>
[OutputType]
public sealed class Endpoint
{
    // The SDK reads the parts of an output off its fields, and names them after these.
    private readonly string host;
    private readonly int port;

    /// <summary>An endpoint.</summary>
    /// <param name="host">The host's name.</param>
    /// <param name="port">The TCP port.</param>
    [OutputConstructor]
    public Endpoint(string host, int port) => (this.host, this.port) = (host, port);

    /// <summary>The host's name, with its namespace: <c>mysql-write.shop.svc</c>.</summary>
    [Output("host")]
    public string Host => host;

    /// <summary>The TCP port.</summary>
    [Output("port")]
    public int Port => port;
}
