using System.Collections.Immutable;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>How a pod gets to the node of others, whose volume it mounts, too: if it can, as only some volumes are for the pods of one node at a time.</summary>
internal static class Nearness
{
    private const int Weight = 100;

    /// <summary>Beside pods, each found by its labels.</summary>
    public static PodAffinityArgs To(params IEnumerable<ImmutableDictionary<string, string>> pods)
    {
        var affinity = new PodAffinityArgs();
        foreach (var labels in pods)
        {
            affinity.PreferredDuringSchedulingIgnoredDuringExecution.Add(new WeightedPodAffinityTermArgs
            {
                Weight = Weight,
                PodAffinityTerm = new PodAffinityTermArgs { TopologyKey = Spread.Host, LabelSelector = new LabelSelectorArgs { MatchLabels = labels } },
            });
        }

        return affinity;
    }
}
