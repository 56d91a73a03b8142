using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lab.Manifests;

namespace Cli.Preview;

/// <summary>Compares a stack's objects with those of the last deployment.</summary>
internal static partial class ManifestDifference
{
    /// <summary>The fields whose change replaces a StatefulSet. Source: what the Kubernetes provider does with them.</summary>
    private static readonly string[] Replacing = ["serviceName", "selector", "volumeClaimTemplates", "podManagementPolicy", "revisionHistoryLimit"];

    /// <summary>What would happen to each object, in dependency order, removed ones last.</summary>
    public static IReadOnlyList<Change> Between(IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        var old = before.ToDictionary(Identity);
        var changes = after.Select(manifest => old.Remove(Identity(manifest), out var was) ? Compare(was, manifest) : Created(manifest)).ToList();
        return [.. changes, .. old.Values.Select(manifest => new Change(Action.Delete, manifest.Kind, manifest.Name, []))];
    }

    private static Change Created(Manifest manifest) => new(Action.Create, manifest.Kind, manifest.Name, []);

    private static Change Compare(Manifest before, Manifest after)
    {
        if (before.Name != after.Name)
        {
            return new Change(Action.Replace, after.Kind, $"{before.Name} → {after.Name}", [.. DataDetails(before, after)]);
        }

        var details = after.Kind switch
        {
            "StatefulSet" => SetDetails(before, after),
            "Secret" => SecretDetails(before, after),
            _ => FieldDetails(before.Body, after.Body, string.Empty),
        };
        return JsonNode.DeepEquals(before.Body, after.Body)
            ? new Change(Action.Same, after.Kind, after.Name, [])
            : new Change(after.Kind == "Secret" || ReplacedFields(before, after).Any() ? Action.Replace : Action.Update, after.Kind, after.Name, [.. details]);
    }

    private static IEnumerable<string> SetDetails(Manifest before, Manifest after)
    {
        var (was, now) = (before.Body["spec"]!, after.Body["spec"]!);
        foreach (var field in ReplacedFields(before, after))
        {
            yield return field == "selector"
                ? "selector changes: the set is replaced, its pods stay; label them as the new selector asks before that, or they are not adopted"
                : $"{field} changes: the set is replaced, its pods stay and are adopted";
        }

        if (!JsonNode.DeepEquals(was["replicas"], now["replicas"]))
        {
            yield return $"replicas: {was["replicas"]} → {now["replicas"]}";
        }

        if (!JsonNode.DeepEquals(was["template"], now["template"]))
        {
            var staying = Math.Min(was["replicas"]!.GetValue<int>(), now["replicas"]!.GetValue<int>());
            yield return $"pods roll: {string.Join(", ", Enumerable.Range(0, staying).Reverse().Select(ordinal => $"{after.Name}-{ordinal}"))}";
            foreach (var detail in FieldDetails(was["template"]!["spec"]!, now["template"]!["spec"]!, string.Empty))
            {
                yield return detail;
            }
        }
    }

    private static IEnumerable<string> ReplacedFields(Manifest before, Manifest after) => after.Kind != "StatefulSet"
        ? []
        : Replacing.Where(field => !JsonNode.DeepEquals(before.Body["spec"]?[field], after.Body["spec"]?[field]));

    private static IEnumerable<string> SecretDetails(Manifest before, Manifest after) => Keys(before.Body["stringData"], after.Body["stringData"])
        .Where(key => !JsonNode.DeepEquals(before.Body["stringData"]?[key], after.Body["stringData"]?[key]))
        .Select(key => $"{key} changes");

    private static IEnumerable<string> DataDetails(Manifest before, Manifest after) =>
        from key in Keys(before.Body["data"], after.Body["data"])
        let was = Lines(before.Body["data"]?[key])
        let now = Lines(after.Body["data"]?[key])
        from line in was.Except(now).Select(line => $"- {line}").Concat(now.Except(was).Select(line => $"+ {line}"))
        select $"{key}: {line}";

    private static IEnumerable<string> FieldDetails(JsonNode? before, JsonNode? after, string path)
    {
        if (JsonNode.DeepEquals(before, after))
        {
            return [];
        }

        return (before, after) switch
        {
            (JsonObject, JsonObject) => Keys(before, after).SelectMany(key => FieldDetails(before[key], after[key], path.Length == 0 ? key : $"{path}.{key}")),
            (JsonArray was, JsonArray now) when was.Count == now.Count =>
                Enumerable.Range(0, was.Count).SelectMany(i => FieldDetails(was[i], now[i], $"{path}[{ItemName(now[i]) ?? $"{i}"}]")),
            _ => [$"{path}: {Short(before)} → {Short(after)}"],
        };
    }

    private static string? ItemName(JsonNode? item) => item is JsonObject section ? section["name"]?.ToString() : null;

    private static string Short(JsonNode? value) => value switch
    {
        null => "(none)",
        JsonObject or JsonArray => "(changed)",
        _ => value.ToString(),
    };

    private static IEnumerable<string> Keys(JsonNode? before, JsonNode? after) =>
        (before as JsonObject ?? []).Concat(after as JsonObject ?? []).Select(pair => pair.Key).Distinct();

    private static string[] Lines(JsonNode? text) => text?.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>What stays the same when an object is replaced by its successor: of a name that ends in a hash of its content, all but the hash.</summary>
    private static (string Kind, string Namespace, string Name) Identity(Manifest manifest) =>
        (manifest.Kind, manifest.Namespace, manifest.Kind == "ConfigMap" ? HashSuffix().Replace(manifest.Name, string.Empty) : manifest.Name);

    [GeneratedRegex("-[0-9a-f]{10}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex HashSuffix();
}
