using Infra.Identity;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;

namespace Infra.MySql;

/// <summary>The Service that leads writers to the primary while it is ready, for clients that the pods' own names do not reach.</summary>
public static class WriteService
{
    /// <summary>The Service's name: <c>&lt;set&gt;-write</c>.</summary>
    /// <param name="set">The StatefulSet's name.</param>
    public static string NameFor(string set) => $"{set}-write";

    /// <summary>How a cluster's write Service is reached; null where it has none.</summary>
    /// <param name="profile">The cluster's profile, which may have one by default.</param>
    /// <param name="wanted">What the cluster was given; null where nothing was said.</param>
    public static ServiceExposure? ExposureOf(MySqlProfile profile, ServiceExposure? wanted) =>
        wanted ?? (profile.HasWriteService ? new ServiceExposure() : null);

    /// <summary>Registers the Service.</summary>
    internal static Service Register(string name, StatefulIdentity identity, ServiceExposure exposure, CustomResourceOptions options) =>
        ClientService.Register(
            $"{name}-write",
            NameFor(identity.Name),
            identity,
            WorkloadLabels.OfPod(identity, StatefulIdentity.PrimaryOrdinal),
            exposure,
            options);
}
