using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Trials.Faults;

/// <summary>
/// Servers of the lab's images that wait for no disk, and whose first data are a copy: a process that is killed leaves to its machine what it wrote, so that
/// a trial without this is one of fsync itself, or of a step that is over at once in haste.
/// </summary>
internal static class Haste
{
    /// <summary>The same objects, with the word to the images in every container.</summary>
    public static IReadOnlyList<Manifest> Of(IReadOnlyList<Manifest> manifests) => ChangedContainers.Of(manifests, container =>
    {
        if (container["env"] is not JsonArray variables)
        {
            container["env"] = variables = [];
        }

        variables.Add(new JsonObject { ["name"] = "STAND_IN_HASTE", ["value"] = "yes" });
    });
}
