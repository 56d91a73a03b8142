using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Trials.Faults;

/// <summary>
/// Probes that give an answer four seconds where the program gives it three, and ask for readiness every four where it asks every two: several clusters of a
/// trial's kind share one machine, and a script that had to wait for a processor says nothing of its server. What hangs is found all the same, a little later.
/// </summary>
internal static class Patience
{
    private const int Seconds = 4;

    /// <summary>The same objects, with those probes.</summary>
    public static IReadOnlyList<Manifest> Of(IReadOnlyList<Manifest> manifests) => ChangedContainers.Of(manifests, container =>
    {
        Set(container["startupProbe"], "timeoutSeconds");
        Set(container["readinessProbe"], "timeoutSeconds", "periodSeconds");
    });

    private static void Set(JsonNode? probe, params IEnumerable<string> fields)
    {
        foreach (var field in probe is null ? [] : fields)
        {
            probe![field] = Seconds;
        }
    }
}
