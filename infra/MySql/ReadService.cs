using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The Service that spreads readers over all servers that are ready.</summary>
public static class ReadService
{
    /// <summary>The Service's name: <c>&lt;set&gt;-read</c>.</summary>
    /// <param name="set">The StatefulSet's name.</param>
    public static string NameFor(string set) => $"{set}-read";

    /// <summary>Registers the Service.</summary>
    internal static Service Register(string name, StatefulIdentity identity, CustomResourceOptions options) => new(
        $"{name}-read",
        new ServiceArgs
        {
            Metadata = ObjectMeta.Named(identity, NameFor(identity.Name), AwaitAnnotation.Skip),
            Spec = new ServiceSpecArgs { Selector = WorkloadLabels.Of(identity), Ports = { MySqlPorts.Server.OnService() } },
        },
        options);
}
