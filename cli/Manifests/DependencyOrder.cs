using Lab.Manifests;
namespace Cli.Manifests;

/// <summary>
/// The order in which objects may be made: what pods mount or find each other by comes before the pods. Registration alone does not fix it,
/// as resources that do not depend on each other are registered in any order.
/// </summary>
internal static class DependencyOrder
{
    private static readonly string[] Kinds = ["Namespace", "Secret", "ConfigMap", "Service", "NetworkPolicy", "PodDisruptionBudget"];

    /// <summary>Sorts objects by what their kind may depend on, and then by namespace and name, so that the same stack always reads the same.</summary>
    public static IReadOnlyList<Manifest> Sort(IEnumerable<Manifest> manifests) =>
        [.. manifests.OrderBy(Rank).ThenBy(manifest => manifest.Namespace, StringComparer.Ordinal).ThenBy(manifest => manifest.Name, StringComparer.Ordinal)];

    private static int Rank(Manifest manifest) => Array.IndexOf(Kinds, manifest.Kind) is var rank and >= 0 ? rank : Kinds.Length;
}
