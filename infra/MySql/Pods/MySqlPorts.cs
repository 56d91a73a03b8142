using Infra.Workloads;

namespace Infra.MySql;

/// <summary>The ports of a MySQL pod.</summary>
internal static class MySqlPorts
{
    /// <summary>Where the server takes clients.</summary>
    public static NamedPort Server { get; } = new("mysql", 3306);

    /// <summary>Where the exporter gives metrics out, in pods that have one.</summary>
    public static NamedPort Metrics { get; } = new("metrics", 9104);
}
