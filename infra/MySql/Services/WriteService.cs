using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;

namespace Infra.MySql;

/// <summary>The Service that leads writers to the primary while it is ready, for clients that the pods' own names do not reach.</summary>
internal static class WriteService
{
    /// <summary>The Service's name: <c>&lt;set&gt;-write</c>.</summary>
    /// <param name="set">The StatefulSet's name.</param>
    public static string NameFor(string set) => $"{set}-write";

    /// <summary>Registers the Service.</summary>
    internal static Service Register(string name, WorkloadScope scope, ServiceExposureArgs? exposure, CustomResourceOptions options) => ClientService.Register(
        $"{name}-write", NameFor(scope.Identity.Name), scope, scope.Labels.SelectorOfPod(StatefulIdentity.PrimaryOrdinal), exposure, options);
}
