using System.Globalization;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// What the pods are told of the cluster as a whole, in ConfigMaps under fixed names, as it may change without restarting them: how many members there are,
/// and that all of them have been ready once. With both a primary that finds its volume empty knows whether something is missing.
/// </summary>
internal static class MySqlMembership
{
    /// <summary>The key of the number of members.</summary>
    public const string Replicas = "replicas";

    /// <summary>The key that says that the cluster has begun.</summary>
    public const string Initialised = "initialised";

    /// <summary>The name of the ConfigMap that says how many members there are.</summary>
    public static string MembersName(StatefulIdentity identity) => $"{identity.Name}-members";

    /// <summary>The name of the ConfigMap that says that the cluster has begun.</summary>
    public static string InitialisedName(StatefulIdentity identity) => $"{identity.Name}-initialised";

    /// <summary>Registers how many members there are, before the pods that read it.</summary>
    public static ConfigMap RegisterMembers(string name, WorkloadScope scope, CustomResourceOptions options) => new(
        $"{name}-members",
        new ConfigMapArgs
        {
            Metadata = scope.Named(MembersName(scope.Identity)),
            Data = { [Replicas] = scope.Identity.Replicas.ToString(CultureInfo.InvariantCulture) },
        },
        // The provider replaces a ConfigMap whose data change; under a fixed name the old one has to go first. Pods keep what they have read meanwhile.
        CustomResourceOptions.Merge(options, new CustomResourceOptions { DeleteBeforeReplace = true }));

    /// <summary>
    /// Registers that the cluster has begun, once the pods of its set have all been ready. From then on an empty primary without any other pod is no new cluster.
    /// </summary>
    public static ConfigMap RegisterInitialised(string name, WorkloadScope scope, Resource set, CustomResourceOptions options) => new(
        $"{name}-initialised",
        new ConfigMapArgs
        {
            Metadata = scope.Named(InitialisedName(scope.Identity)),
            Immutable = true,
            Data = { [Initialised] = "true" },
        },
        CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { set } }));
}
