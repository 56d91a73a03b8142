using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;

namespace Infra.MySql;

/// <summary>The Service that spreads readers over all servers that are ready.</summary>
internal static class ReadService
{
    /// <summary>The Service's name: <c>&lt;set&gt;-read</c>.</summary>
    /// <param name="set">The StatefulSet's name.</param>
    public static string NameFor(string set) => $"{set}-read";

    /// <summary>Registers the Service.</summary>
    internal static Service Register(string name, WorkloadScope scope, ServiceExposureArgs? exposure, CustomResourceOptions options) =>
        ClientService.Register($"{name}-read", NameFor(scope.Identity.Name), scope, scope.Labels.Selector, exposure, options);
}
