using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Trials.Faults;

/// <summary>
/// Probes that give an answer three seconds where the program gives it one: several clusters of a trial's kind share one machine, and a script that had to wait
/// for a processor says nothing of its server. What hangs is found all the same, a little later.
/// </summary>
internal static class Patience
{
    private const int Seconds = 3;
    private static readonly string[] Probes = ["startupProbe", "readinessProbe"];

    /// <summary>The same objects, with those probes.</summary>
    public static IReadOnlyList<Manifest> Of(IReadOnlyList<Manifest> manifests)
    {
        foreach (var probe in manifests.Where(manifest => manifest.Kind == "StatefulSet").SelectMany(PodContainers.All)
            .SelectMany(container => Probes.Select(name => container[name])).OfType<JsonObject>())
        {
            probe["timeoutSeconds"] = Seconds;
        }

        return manifests;
    }
}
