using System.Text.Json.Nodes;

namespace Lab.Manifests;

/// <summary>The containers that pods run, and their images.</summary>
public static class PodContainers
{
    /// <summary>Each image once, with its pull policy, in the order in which the containers stand.</summary>
    public static IEnumerable<(string Image, string PullPolicy)> Images(IReadOnlyList<Manifest> manifests) => manifests
        .SelectMany(All)
        .Select(container => ($"{container["image"]}", $"{container["imagePullPolicy"]}"))
        .Distinct();

    /// <summary>Whether an object's pods run a container of that name.</summary>
    public static bool Any(Manifest manifest, string name) => All(manifest).Any(container => $"{container["name"]}" == name);

    /// <summary>The image of a container; nothing where there is none of that name.</summary>
    public static string? Image(Manifest manifest, string name) =>
        All(manifest).Where(container => $"{container["name"]}" == name).Select(container => $"{container["image"]}").FirstOrDefault();

    /// <summary>The containers of an object's pods, those that begin first.</summary>
    public static IEnumerable<JsonNode> All(Manifest manifest)
    {
        var owner = manifest.Kind == "CronJob" ? manifest.Body["spec"]?["jobTemplate"] : manifest.Body;
        var pod = owner?["spec"]?["template"]?["spec"];
        return (pod?["initContainers"] as JsonArray ?? []).Concat(pod?["containers"] as JsonArray ?? []).OfType<JsonNode>();
    }
}
