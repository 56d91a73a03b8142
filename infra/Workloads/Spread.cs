using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>How a workload's pods are kept apart.</summary>
internal static class Spread
{
    /// <summary>
    /// Over hosts and over zones, as well as it goes: a pod that finds no other host starts all the same. A hard rule could keep an ordered start from
    /// ever ending.
    /// </summary>
    public static InputList<TopologySpreadConstraintArgs> Soft(WorkloadLabels labels) =>
        [Over("kubernetes.io/hostname", labels), Over("topology.kubernetes.io/zone", labels)];

    private static TopologySpreadConstraintArgs Over(string topologyKey, WorkloadLabels labels) => new()
    {
        MaxSkew = 1,
        TopologyKey = topologyKey,
        WhenUnsatisfiable = "ScheduleAnyway",
        LabelSelector = new LabelSelectorArgs { MatchLabels = labels.Selector },
    };
}
