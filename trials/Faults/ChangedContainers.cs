using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Trials.Faults;

/// <summary>Objects of the program whose containers a trial wants otherwise.</summary>
internal static class ChangedContainers
{
    private static readonly string[] Kinds = ["StatefulSet", "Job", "CronJob"];

    /// <summary>The same objects, with a change made to every container of a StatefulSet, a Job or a CronJob.</summary>
    public static IReadOnlyList<Manifest> Of(IReadOnlyList<Manifest> manifests, Action<JsonNode> change)
    {
        foreach (var container in manifests.Where(manifest => Kinds.Contains(manifest.Kind)).SelectMany(PodContainers.All))
        {
            change(container);
        }

        return manifests;
    }
}
