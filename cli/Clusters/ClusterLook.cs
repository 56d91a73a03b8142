using Cli.Checks;
using k8s;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>What a cluster has of a stack's objects, and what in it would not let them be made.</summary>
/// <param name="Context">The cluster.</param>
/// <param name="Obstacles">What stands in their way, a sentence each.</param>
/// <param name="Places">The namespaces of the objects that are there.</param>
/// <param name="There">The objects that are there, each with the manifest that would make it. One of another owner is not among them: it is none of the stack's.</param>
internal sealed record ClusterLook(
    string Context, IReadOnlyList<Violation> Obstacles, IReadOnlyList<string> Places, IReadOnlyList<(Manifest Wanted, IKubernetesObject<V1ObjectMeta> There)> There)
{
    /// <summary>How much stands in their way.</summary>
    public string Summary => Obstacles.Count == 0
        ? $"nothing in the cluster of context {Context} stands in their way"
        : $"{Obstacles.Count} {(Obstacles.Count == 1 ? "thing" : "things")} in the cluster of context {Context} would not let them be made";
}
