using Pulumi;
using Pulumi.Kubernetes.Policy.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Policy.V1;

namespace Infra.Workloads;

/// <summary>
/// The PodDisruptionBudget of a workload: whoever drains nodes takes one pod at a time. Of a single pod it takes that one, as otherwise no drain would end; and
/// a pod that is not ready stands in nobody's way.
/// </summary>
internal static class DisruptionBudget
{
    /// <summary>Registers the budget.</summary>
    public static PodDisruptionBudget Register(string name, WorkloadScope scope, CustomResourceOptions options) => new(
        name,
        new PodDisruptionBudgetArgs
        {
            Metadata = scope.Named(scope.Identity.Name),
            Spec = new PodDisruptionBudgetSpecArgs
            {
                MaxUnavailable = 1,
                UnhealthyPodEvictionPolicy = "AlwaysAllow",
                Selector = new LabelSelectorArgs { MatchLabels = scope.Labels.Selector },
            },
        },
        options);
}
