using System.Collections.Immutable;
using Infra.Identity;

namespace Infra.Workloads;

/// <summary>
/// The labels of a workload: on its objects, on its pods, and in every selector that has to find those pods. They are written here only.
/// </summary>
public static class WorkloadLabels
{
    /// <summary>The label's key that says which workload a pod belongs to.</summary>
    public const string App = "app";

    /// <summary>The label's key by which the StatefulSet controller gives every pod its own name.</summary>
    public const string PodName = "statefulset.kubernetes.io/pod-name";

    /// <summary>The label's key by which the StatefulSet controller gives every pod its ordinal.</summary>
    public const string PodIndex = "apps.kubernetes.io/pod-index";

    /// <summary>The labels of the workload behind a headless Service.</summary>
    public static ImmutableDictionary<string, string> Of(StatefulIdentity identity) =>
        ImmutableDictionary<string, string>.Empty.Add(App, identity.Service);

    /// <summary>Labels that one pod of the workload has, and no other.</summary>
    public static ImmutableDictionary<string, string> OfPod(StatefulIdentity identity, int ordinal) => Of(identity).Add(PodName, identity.Pod(ordinal));
}
