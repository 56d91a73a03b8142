using System.Text.Json.Nodes;

namespace Cli.Meaning;

/// <summary>Which values of an object changed, each by itself.</summary>
internal static class FieldDifference
{
    /// <summary>The keys that tell the items of a list apart, the first that all have. Source: the merge keys of the Kubernetes API.</summary>
    private static readonly Func<JsonNode?, string?>[] Names =
    [
        item => (item as JsonObject)?["name"]?.ToString(),
        item => (item as JsonObject)?["metadata"]?["name"]?.ToString(),
        item => (item as JsonObject)?["mountPath"]?.ToString(),
        item => (item as JsonObject)?["key"]?.ToString(),
    ];

    /// <summary>Every change from one object to another.</summary>
    public static IReadOnlyList<FieldChange> Between(JsonNode? before, JsonNode? after) => [.. Between(FieldPath.Root, before, after)];

    /// <summary>How the items of two lists go by names; nothing where they do not.</summary>
    public static Func<JsonNode?, string>? ItemNames(JsonArray before, JsonArray after) =>
        Names.FirstOrDefault(name => AreNamed(before, name) && AreNamed(after, name)) is { } found ? item => found(item)! : null;

    private static IEnumerable<FieldChange> Between(FieldPath path, JsonNode? before, JsonNode? after) => (before, after) switch
    {
        _ when JsonNode.DeepEquals(before, after) || SameNumber(before, after) => [],
        (JsonObject or null, JsonObject or null) when Count(before) + Count(after) > 0 => Sections(path, before as JsonObject ?? [], after as JsonObject ?? []),
        (JsonArray or null, JsonArray or null) => Lists(path, before as JsonArray ?? [], after as JsonArray ?? [], new FieldChange(path, before, after)),
        _ => [new FieldChange(path, before, after)],
    };

    private static int Count(JsonNode? node) => (node as JsonObject)?.Count ?? 0;

    /// <summary>1 and 1.0, and a number that YAML took for one and JSON for the other.</summary>
    private static bool SameNumber(JsonNode? before, JsonNode? after) =>
        before is JsonValue && after is JsonValue && before.GetValueKind() == System.Text.Json.JsonValueKind.Number && after.GetValueKind() == System.Text.Json.JsonValueKind.Number
        && double.Parse(before.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture) == double.Parse(after.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<FieldChange> Sections(FieldPath path, JsonObject before, JsonObject after) =>
        before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)).SelectMany(key => Between(path.Key(key), before[key], after[key]));

    private static IEnumerable<FieldChange> Lists(FieldPath path, JsonArray before, JsonArray after, FieldChange whole)
    {
        if (ItemNames(before, after) is not { } name)
        {
            return [whole];
        }

        var (was, now) = (before.ToDictionary(name), after.ToDictionary(name));
        if (!was.Keys.Where(now.ContainsKey).SequenceEqual(now.Keys.Where(was.ContainsKey)))
        {
            // The order of init containers, and of variables that use others, is one of time. What changes in the items is told besides.
            return [whole, .. Items(path, was, now)];
        }

        return Items(path, was, now);
    }

    /// <summary>The changes of items by their names. One that comes or goes is one change, not one for each of its values.</summary>
    private static IEnumerable<FieldChange> Items(FieldPath path, Dictionary<string, JsonNode?> was, Dictionary<string, JsonNode?> now) =>
        was.Keys.Union(now.Keys).SelectMany(key => (was.GetValueOrDefault(key), now.GetValueOrDefault(key)) switch
        {
            (null, var added) => [new FieldChange(path.Item(key), null, added)],
            (var removed, null) => [new FieldChange(path.Item(key), removed, null)],
            var (old, @new) => Between(path.Item(key), old, @new),
        });

    private static bool AreNamed(JsonArray list, Func<JsonNode?, string?> name) => list.All(item => name(item) is not null) && list.Select(name).Distinct().Count() == list.Count;
}
