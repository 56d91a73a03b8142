using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Checks.Policies;

/// <summary>The objects that policies look at, all of them together: whether a selector finds something depends on the rest.</summary>
/// <param name="All">The objects.</param>
internal sealed record PolicyObjects(IReadOnlyList<Manifest> All)
{
    /// <summary>What makes pods.</summary>
    public IReadOnlyList<PodView> Pods { get; } = [.. All.Select(PodView.Of).OfType<PodView>()];

    /// <summary>The objects of a kind.</summary>
    public IEnumerable<Manifest> Of(string kind) => All.Where(manifest => manifest.Kind == kind);

    /// <summary>The objects of a kind whose selector finds a pod.</summary>
    public IEnumerable<Manifest> Selecting(PodView pod, string kind, string selector) =>
        Of(kind).Where(other => other.Namespace == pod.Manifest.Namespace && other.Body["spec"]?[selector] is { } found && Selection.Finds(found, pod.Labels));

    /// <summary>The Services that lead to a pod.</summary>
    public IEnumerable<Manifest> Services(PodView pod) =>
        Of("Service").Where(service => service.Namespace == pod.Manifest.Namespace && service.Body["spec"]?["selector"] is JsonObject { Count: > 0 } found && pod.IsFoundBy(found));
}
