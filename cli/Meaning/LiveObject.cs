using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>Objects as a cluster tells of them, for example by <c>kubectl get -o yaml</c>: with lists, with what the server added, and with every default said.</summary>
internal static class LiveObject
{
    /// <summary>What the API server writes into an object's metadata.</summary>
    private static readonly string[] OfServer = ["uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink"];

    /// <summary>What it writes into a section that is one value to it, and so in whose name the section is: Kubernetes 1.36 API reference, EnvVarSource.</summary>
    private static readonly (string Section, string Key, string Value)[] OfSections = [("fieldRef", "apiVersion", "v1"), ("resourceFieldRef", "divisor", "0")];

    private static readonly string[] OfTools = ["kubectl.kubernetes.io/last-applied-configuration", "deployment.kubernetes.io/revision"];

    /// <summary>The objects of a document: of a list its items.</summary>
    public static IEnumerable<Manifest> Of(Manifest document) => document.Kind.EndsWith("List", StringComparison.Ordinal) && document.Body["items"] is JsonArray items
        ? items.OfType<JsonObject>().Select(item => new Manifest((JsonObject)item.DeepClone()))
        : [document];

    /// <summary>Whether an object comes from a cluster: then it has every field, those too that nobody asked for.</summary>
    public static bool IsLive(Manifest manifest) => manifest.Body["metadata"] is JsonObject metadata && (metadata.ContainsKey("uid") || metadata.ContainsKey("resourceVersion"));

    /// <summary>How much storage a claim has; nothing where it has no volume, and of what comes from no cluster.</summary>
    public static JsonNode? Has(Manifest manifest) => manifest.Kind == "PersistentVolumeClaim" ? manifest.Body["status"]?["capacity"]?["storage"] : null;

    /// <summary>The object without what the server wrote, but for what a claim has; a Secret's values as text.</summary>
    public static Manifest Clean(Manifest manifest)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        body.Remove("status");
        if (Has(manifest) is { } has)
        {
            body["status"] = new JsonObject { ["capacity"] = new JsonObject { ["storage"] = has.DeepClone() } };
        }

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

    /// <summary>Whether a controller has made an object, such as a set its pod: it comes and goes with what it belongs to.</summary>
    public static bool IsControllers(Manifest manifest) => manifest.Body["metadata"]?["ownerReferences"] is JsonArray { Count: > 0 };

    /// <summary>
    /// The fields that pulumi has put into a live object, a tree for each of its deployments, in the words of Kubernetes: <c>f:</c> and a key, <c>k:</c> and what tells an
    /// item of a list from others. Source: Kubernetes 1.36 API reference, FieldsV1.
    /// </summary>
    public static IReadOnlyList<JsonObject> Owned(Manifest manifest) =>
    [
        .. (manifest.Body["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>()
            .Where(entry => $"{entry["manager"]}".StartsWith("pulumi", StringComparison.Ordinal)).Select(entry => entry["fieldsV1"]).OfType<JsonObject>(),
    ];

    /// <summary>What of a live object the other side names, what pulumi has put there, and what cannot be a default where neither holds.</summary>
    /// <param name="live">The object, or a part of it.</param>
    /// <param name="wanted">The same of the other side.</param>
    /// <param name="owned">What pulumi has put there.</param>
    public static JsonNode? Prune(JsonNode? live, JsonNode? wanted, IReadOnlyList<JsonObject> owned) => (live, wanted) switch
    {
        (JsonObject section, JsonObject asked) => new JsonObject(
            from pair in section
            let own = Below(owned, $"f:{pair.Key}")
            where asked.ContainsKey(pair.Key) || own.Count > 0 || !MayBeDefault(pair.Key, pair.Value)
            select KeyValuePair.Create(pair.Key, IsContent(pair.Key) ? pair.Value?.DeepClone() : IsMapOf(pair.Value, own) ? Whole(pair.Key, pair.Value, asked[pair.Key]) : IsSize(pair.Key) ? Sizes(pair.Value, asked[pair.Key]) : Prune(pair.Value, asked[pair.Key], own))),
        (JsonObject section, null) when owned.Count > 0 && owned.All(tree => tree.Count > 0) => Prune(section, new JsonObject(), owned),
        (JsonArray list, JsonArray asked) when FieldDifference.ItemNames(list, asked) is { } name =>
            new JsonArray([.. list.Select(item => Prune(item, asked.FirstOrDefault(other => name(other) == name(item)) ?? item, OfItem(owned, item)))]),
        (JsonArray list, JsonArray asked) when list.Count == asked.Count => new JsonArray([.. list.Zip(asked, (item, other) => Prune(item, other, OfItem(owned, item)))]),
        _ => live?.DeepClone(),
    };

    private static List<JsonObject> Below(IReadOnlyList<JsonObject> owned, string key) => [.. owned.Select(tree => tree[key]).OfType<JsonObject>()];

    private static List<JsonObject> OfItem(IReadOnlyList<JsonObject> owned, JsonNode? item) =>
    [
        .. from tree in owned
           from branch in tree
           where branch.Key.StartsWith("k:", StringComparison.Ordinal) && branch.Value is JsonObject && JsonNode.Parse(branch.Key[2..]) is JsonObject keys && keys.All(key => JsonNode.DeepEquals(key.Value, item?[key.Key]))
           select (JsonObject)branch.Value!,
    ];

    /// <summary>Whether a section is one that pulumi has put there as a whole, such as a node selector: whatever stands in it is its own.</summary>
    private static bool IsMapOf(JsonNode? value, List<JsonObject> own) => own.Any(tree => tree.Count == 0) && value is JsonObject section && section.All(pair => pair.Value is JsonValue);

    /// <summary>A section that somebody has put there, without what the other side leaves to the server.</summary>
    private static JsonNode? Whole(string key, JsonNode? live, JsonNode? wanted)
    {
        var section = live?.DeepClone();
        foreach (var one in OfSections.Where(one => one.Section == key && wanted is JsonObject asked && !asked.ContainsKey(one.Key) && $"{section?[one.Key]}" == one.Value))
        {
            section!.AsObject().Remove(one.Key);
        }

        return section;
    }

    private static bool IsSize(string key) => key is "requests" or "limits";

    /// <summary>Sizes as the other side writes them, where they are the same: the API server has 1Gi for 1024Mi.</summary>
    private static JsonNode? Sizes(JsonNode? live, JsonNode? wanted) => live is JsonObject sizes && wanted is JsonObject asked
        ? new JsonObject(sizes.Select(pair => KeyValuePair.Create(pair.Key, (asked[pair.Key] is { } other && Quantities.Value(pair.Value) == Quantities.Value(other) ? other : pair.Value)?.DeepClone())))
        : live?.DeepClone();

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
