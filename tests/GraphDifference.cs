using System.Globalization;
using System.Text.Json.Nodes;
using Cli.Evaluation;
using Tests.Golden;

namespace Tests;

/// <summary>What one graph has otherwise than another, path by path: objects, how Pulumi is to manage them, and what the stack tells of itself.</summary>
internal static class GraphDifference
{
    /// <summary>
    /// Every path that differs, such as <c>StatefulSet db spec.replicas</c>; an item of a list goes by its name where it has one. What a component was given
    /// is left out: it is what was changed, and not what came of it.
    /// </summary>
    public static async Task<IReadOnlyList<string>> BetweenAsync(Engine before, Engine after)
    {
        var (left, right) = (await DocumentsAsync(before), await DocumentsAsync(after));
        return [.. left.Keys.Union(right.Keys).SelectMany(label => Paths($"{label} ", left.GetValueOrDefault(label), right.GetValueOrDefault(label))).Order(StringComparer.Ordinal)];
    }

    private static async Task<Dictionary<string, JsonNode>> DocumentsAsync(Engine engine)
    {
        var graph = await engine.GraphAsync();
        var documents = graph.Nodes.ToDictionary(node => node.Recorded.Label, JsonNode (node) => Document(graph, node));
        documents["stack"] = (await engine.StackOutputsAsync()).Values;
        return documents;
    }

    private static JsonObject Document(RecordedGraph graph, RecordedNode node)
    {
        var document = GraphText.Management(graph, node);
        foreach (var (key, value) in node.Recorded.Resource is Pulumi.ComponentResource ? [] : node.Recorded.Inputs)
        {
            document[key] = value?.DeepClone();
        }

        return document;
    }

    private static IEnumerable<string> Paths(string path, JsonNode? before, JsonNode? after) => (before, after) switch
    {
        _ when JsonNode.DeepEquals(before, after) => [],
        (JsonObject left, JsonObject right) => left.Select(pair => pair.Key).Union(right.Select(pair => pair.Key))
            .SelectMany(key => Paths(path.EndsWith(' ') ? path + key : $"{path}.{key}", left[key], right[key])),
        (null, JsonArray { Count: > 0 } right) => Paths(path, new JsonArray(), right),
        (JsonArray { Count: > 0 } left, null) => Paths(path, left, new JsonArray()),
        (JsonArray left, JsonArray right) => Items(left).Keys.Union(Items(right).Keys)
            .SelectMany(key => Paths($"{path}[{key}]", Items(left).GetValueOrDefault(key), Items(right).GetValueOrDefault(key))),
        _ => [path.TrimEnd()],
    };

    private static Dictionary<string, JsonNode?> Items(JsonArray list) =>
        list.Select((item, index) => ((item as JsonObject)?["name"] is JsonValue name ? name.ToString() : index.ToString(CultureInfo.InvariantCulture), item))
            .GroupBy(pair => pair.Item1).SelectMany(same => same.Select((pair, again) => (Key: again == 0 ? same.Key : $"{same.Key}#{again}", pair.item)))
            .ToDictionary(pair => pair.Key, pair => pair.item);
}
