using System.Text.Json.Nodes;
using Cli.Checks.Policies;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Meaning;

/// <summary>The objects that pods name and do not start without.</summary>
internal static class PodReferences
{
    /// <summary>The parts of volumes and variables that name an object, with its kind.</summary>
    private static readonly (string Part, string Kind)[] Parts =
    [
        ("configMap", "ConfigMap"), ("configMapKeyRef", "ConfigMap"), ("configMapRef", "ConfigMap"), ("secret", "Secret"), ("secretKeyRef", "Secret"), ("secretRef", "Secret"),
    ];

    /// <summary>Those of the pods that an object makes, or of the pod that it is.</summary>
    public static IEnumerable<(string Kind, string Name)> Of(Manifest owner) => PodView.Of(owner)?.Spec is { } pod
        ? [.. Named(pod), .. List(pod["imagePullSecrets"]).Select(secret => ("Secret", Text(secret["name"]))), Account(pod)]
        : [];

    /// <summary>Those that they are not begun without, claims that are not made for them included. Without a Secret to pull with, it is tried all the same.</summary>
    public static IEnumerable<(string Kind, string Name)> Awaited(Manifest owner) => PodView.Of(owner)?.Spec is { } pod
        ? [.. Named(pod), Account(pod), .. List(pod["volumes"]).Select(volume => volume["persistentVolumeClaim"]).OfType<JsonObject>().Select(claim => ("PersistentVolumeClaim", Text(claim["claimName"])))]
        : [];

    private static IEnumerable<(string Kind, string Name)> Named(JsonObject pod) => Sources(pod)
        .SelectMany(source => Parts, (source, part) => (part.Kind, Named: source[part.Part] as JsonObject))
        .Where(one => one.Named is not null && Text(one.Named["optional"]) != "true")
        .Select(one => (one.Kind, Text(one.Named!["secretName"] ?? one.Named["name"])));

    private static (string Kind, string Name) Account(JsonObject pod) => ("ServiceAccount", Text(pod["serviceAccountName"] ?? pod["serviceAccount"]));

    private static IEnumerable<JsonObject> Sources(JsonObject pod)
    {
        var volumes = List(pod["volumes"]);
        var containers = List(pod["initContainers"]).Concat(List(pod["containers"])).ToList();
        return volumes
            .Concat(volumes.SelectMany(volume => List((volume["projected"] as JsonObject)?["sources"])))
            .Concat(containers.SelectMany(container => List(container["env"])).Select(variable => variable["valueFrom"]).OfType<JsonObject>())
            .Concat(containers.SelectMany(container => List(container["envFrom"])));
    }
}
