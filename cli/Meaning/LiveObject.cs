using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>Objects as a cluster tells of them, for example by <c>kubectl get -o yaml</c>: with lists, with what the server added, and with every default said.</summary>
internal static class LiveObject
{
    /// <summary>What the API server writes into an object's metadata.</summary>
    private static readonly string[] OfServer = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink"];

    private static readonly string[] OfTools = ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

    /// <summary>The objects of a document: of a list its items.</summary>
    public static IEnumerable<Manifest> Of(Manifest document) => document.Kind.EndsWith("List", StringComparison.Ordinal) && document.Body["items"] is JsonArray items
        ? items.OfType<JsonObject>().Select(item => new Manifest((JsonObject)item.DeepClone()))
        : [document];

    /// <summary>Whether an object comes from a cluster: then it has every field, those too that nobody asked for.</summary>
    public static bool IsLive(Manifest manifest) => manifest.Body["metadata"] is JsonObject metadata && (metadata.ContainsKey("uid") || metadata.ContainsKey("resourceVersion"));

    /// <summary>The object without what the server wrote, a Secret's values as text.</summary>
    public static Manifest Clean(Manifest manifest)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        body.Remove("status");
        if (body["metadata"] is JsonObject metadata)
        {
            foreach (var field in OfServer)
            {
                metadata.Remove(field);
            }

            if (metadata["namespace"] is null && manifest.Kind != "Namespace")
            {
                metadata["namespace"] = Manifest.DefaultNamespace;
            }

            foreach (var annotation in OfTools)
            {
                (metadata["annotations"] as JsonObject)?.Remove(annotation);
            }
        }

        if (manifest.Kind == "Secret" && body["data"] is JsonObject data)
        {
            var texts = body["stringData"] as JsonObject ?? [];
            body.Remove("data");
            body["stringData"] = texts;
            foreach (var (key, value) in data)
            {
                texts[key] ??= Decode($"{value}");
            }
        }

        return new Manifest(body);
    }

    /// <summary>What of a live object the other side names, and what cannot be a default where it does not.</summary>
    public static JsonNode? Prune(JsonNode? live, JsonNode? wanted) => (live, wanted) switch
    {
        (JsonObject section, JsonObject asked) => new JsonObject(section.Where(pair => asked.ContainsKey(pair.Key) || !MayBeDefault(pair.Key, pair.Value)).Select(pair => KeyValuePair.Create(pair.Key, IsContent(pair.Key) ? pair.Value?.DeepClone() : Prune(pair.Value, asked[pair.Key])))),
        (JsonArray list, JsonArray asked) when FieldDifference.ItemNames(list, asked) is { } name =>
            new JsonArray([.. list.Select(item => Prune(item, asked.FirstOrDefault(other => name(other) == name(item)) ?? item))]),
        (JsonArray list, JsonArray asked) when list.Count == asked.Count => new JsonArray([.. list.Zip(asked, Prune)]),
        _ => live?.DeepClone(),
    };

    /// <summary>Whether a section is all somebody's own: the server adds nothing to it.</summary>
    private static bool IsContent(string key) => key is "data" or "binaryData" or "stringData";

    /// <summary>Whether a value may be the server's own: content is somebody's, and so are a list of objects and a number of pods other than one.</summary>
    private static bool MayBeDefault(string key, JsonNode? value) => key switch
    {
        _ when IsContent(key) => false,
        "args" or "command" or "ordinals" => false,
        "replicas" => $"{value}" == "1",
        "updateStrategy" or "rollingUpdate" or "persistentVolumeClaimRetentionPolicy" => value is not JsonObject section || section.All(pair => MayBeDefault(pair.Key, pair.Value)),
        "type" => $"{value}" != "OnDelete",
        "partition" => $"{value}" == "0",
        "whenDeleted" or "whenScaled" => $"{value}" == "Retain",
        "ownerReferences" => true,
        _ => value is not JsonArray list || !list.OfType<JsonObject>().Any(),
    };

    private static string Decode(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : value;
    }
}
