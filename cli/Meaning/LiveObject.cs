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

    /// <summary>What of a live object the other side names: all else may be a default.</summary>
    public static JsonNode? Prune(JsonNode? live, JsonNode? wanted) => (live, wanted) switch
    {
        (JsonObject section, JsonObject asked) => new JsonObject(section.Where(pair => asked.ContainsKey(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, Prune(pair.Value, asked[pair.Key])))),
        (JsonArray list, JsonArray asked) when FieldDifference.ItemNames(list, asked) is { } name =>
            new JsonArray([.. list.Select(item => Prune(item, asked.FirstOrDefault(other => name(other) == name(item)) ?? item))]),
        (JsonArray list, JsonArray asked) when list.Count == asked.Count => new JsonArray([.. list.Zip(asked, Prune)]),
        _ => live?.DeepClone(),
    };

    private static string Decode(string value)
    {
        var bytes = new byte[value.Length];
        return Convert.TryFromBase64String(value, bytes, out var length) ? System.Text.Encoding.UTF8.GetString(bytes, 0, length) : value;
    }
}
