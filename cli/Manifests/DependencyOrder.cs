using Lab.Manifests;
namespace Cli.Manifests;

/// <summary>
/// The order in which objects may be made: what pods mount or find each other by comes before the pods. Registration alone does not fix it,
/// as resources that do not depend on each other are registered in any order.
/// </summary>
internal static class DependencyOrder
{
    private static readonly string[] First = ["Namespace", "Secret", "ConfigMap", "PersistentVolumeClaim", "Service", "NetworkPolicy", "PodDisruptionBudget", "ServiceAccount", "Role", "RoleBinding"];

    private static readonly string[] Last = ["Job", "CronJob"];

    /// <summary>Sorts objects by what their kind may depend on, and then by namespace and name, so that the same stack always reads the same.</summary>
    /// <param name="manifests">The objects.</param>
    /// <param name="isWaitedFor">Whether a StatefulSet waits for a Job, which comes before sets then, and after them otherwise.</param>
    public static IReadOnlyList<Manifest> Sort(IEnumerable<Manifest> manifests, Func<Manifest, bool>? isWaitedFor = null)
    {
        return [.. manifests.OrderBy(Rank).ThenBy(manifest => manifest.Namespace, StringComparer.Ordinal).ThenBy(manifest => manifest.Name, StringComparer.Ordinal)];

        int Rank(Manifest manifest) => Array.IndexOf(First, manifest.Kind) is var first and >= 0 ? first
            : manifest.Kind == "Job" && isWaitedFor?.Invoke(manifest) == true ? First.Length
            : First.Length + 2 + Array.IndexOf(Last, manifest.Kind);
    }
}
