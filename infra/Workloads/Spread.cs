using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>How a workload's pods are kept apart: over hosts and over zones.</summary>
internal static class Spread
{
    /// <summary>The label's key by which a node is known.</summary>
    public const string Host = "kubernetes.io/hostname";

    /// <summary>As a <see cref="PodSpread"/> says, each within one pod of every other.</summary>
    public static InputList<TopologySpreadConstraintArgs> Of(Input<string> spread, WorkloadLabels labels)
    {
        var otherwise = spread.Apply(said => said == PodSpread.Hard ? "DoNotSchedule" : "ScheduleAnyway");
        return [Over(Host, otherwise, labels), Over("topology.kubernetes.io/zone", otherwise, labels)];
    }

    private static TopologySpreadConstraintArgs Over(string topologyKey, Input<string> otherwise, WorkloadLabels labels) => new()
    {
        MaxSkew = 1,
        TopologyKey = topologyKey,
        WhenUnsatisfiable = otherwise,
        LabelSelector = new LabelSelectorArgs { MatchLabels = labels.Selector },
    };
}
