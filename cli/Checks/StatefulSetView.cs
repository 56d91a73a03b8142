using System.Globalization;
using System.Text.Json.Nodes;
using Infra.MySql;
using Lab.Manifests;

namespace Cli.Checks;

/// <summary>The parts of a StatefulSet that invariants speak of.</summary>
internal sealed class StatefulSetView(Manifest manifest)
{
    /// <summary>Volumes of Secrets that no stack makes: a certificate is its user's or cert-manager's, and what rclone knows of a store its user's.</summary>
    private static readonly string[] MadeByOthers = [MySqlVolumes.Tls, BackupPod.StoreSecret];

    /// <summary>The whole object.</summary>
    public Manifest Manifest => manifest;

    /// <summary>The object's spec.</summary>
    public JsonObject Spec => manifest.Body["spec"] as JsonObject ?? [];

    /// <summary>The pod's spec.</summary>
    public JsonObject Pod => Spec["template"]?["spec"] as JsonObject ?? [];

    /// <summary>The labels that the set selects pods by.</summary>
    public JsonObject Selector => Spec["selector"]?["matchLabels"] as JsonObject ?? [];

    /// <summary>The labels of the pods.</summary>
    public JsonObject PodLabels => Spec["template"]?["metadata"]?["labels"] as JsonObject ?? [];

    /// <summary>How many pods there are: 1 where the set does not say so in a number, never less than 0.</summary>
    public int Replicas => int.TryParse(Text(Spec["replicas"]), NumberStyles.Float, CultureInfo.InvariantCulture, out var count) ? Math.Max(count, 0) : 1;

    /// <summary>The init containers, in order.</summary>
    public IReadOnlyList<JsonObject> InitContainers => List(Pod["initContainers"]);

    /// <summary>The containers, in order.</summary>
    public IReadOnlyList<JsonObject> Containers => List(Pod["containers"]);

    /// <summary>The volumes that are not claims.</summary>
    public IReadOnlyList<JsonObject> Volumes => List(Pod["volumes"]);

    /// <summary>The objects of the stack that its pods cannot start without: what they mount, and the Service that gives them their names.</summary>
    public IReadOnlyList<(string Kind, string Name)> References =>
    [
        .. Volumes.Select(volume => volume["configMap"]).Where(IsNeeded).Select(map => ("ConfigMap", Text(map?["name"])))
            .Concat(Volumes.Where(volume => !MadeByOthers.Contains(Text(volume["name"]))).Select(volume => volume["secret"]).Where(IsNeeded).Select(secret => ("Secret", Text(secret?["secretName"]))))
            .Append(("Service", Text(Spec["serviceName"])))
            .Where(reference => reference.Item2.Length > 0)
            .Distinct(),
    ];

    private static bool IsNeeded(JsonNode? source) => Text(source?["optional"]) != "true";

    /// <summary>The names of the claim templates.</summary>
    public IReadOnlyList<string> ClaimTemplates => [.. List(Spec["volumeClaimTemplates"]).Select(claim => Text(claim["metadata"]?["name"]))];

    /// <summary>The names of all container ports.</summary>
    public IEnumerable<string> PortNames => Containers.SelectMany(container => List(container["ports"])).Select(port => Text(port["name"]));

    /// <summary>Every object of a list.</summary>
    public static IReadOnlyList<JsonObject> List(JsonNode? node) => node is JsonArray list ? [.. list.OfType<JsonObject>()] : [];

    /// <summary>A text, empty where there is none.</summary>
    public static string Text(JsonNode? node) => node?.ToString() ?? string.Empty;

    /// <summary>Whether every label of one set stands in the other with the same value.</summary>
    public static bool IsWithin(JsonObject labels, JsonObject all) => labels.All(label => JsonNode.DeepEquals(label.Value, all[label.Key]));
}
