using System.Text.Json.Nodes;

namespace Cli.Meaning;

/// <summary>A value that changed.</summary>
/// <param name="Path">Where it stands.</param>
/// <param name="Before">What it was; null where there was none.</param>
/// <param name="After">What it is; null where there is none.</param>
internal sealed record FieldChange(FieldPath Path, JsonNode? Before, JsonNode? After)
{
    private const int MaxLength = 80;
    private const int MaxLines = 12;

    /// <summary>Whether it is the order of a list alone: what changes in items that go by names is told by changes of their own.</summary>
    public bool IsReordered => Before is JsonArray was && After is JsonArray now && FieldDifference.ItemNames(was, now) is not null && !JsonNode.DeepEquals(was, now);

    /// <summary>The change in words: <c>replicas 3 -> 5</c>; of a text with lines, those that come and go.</summary>
    public IReadOnlyList<string> Texts => IsText(Before) || IsText(After) ? LineTexts() : IsReordered ? [$"{Label(Path.Text)} in another order"] : [$"{Label(Path.Text)} {Short(Before)} -> {Short(After)}"];

    private static bool IsText(JsonNode? node) => node is JsonValue && $"{node}".Contains('\n', StringComparison.Ordinal);

    /// <summary>The path without what stands before every path of its kind.</summary>
    private static string Label(string path)
    {
        foreach (var (prefix, instead) in new[] { ("spec.template.spec.", string.Empty), ("spec.template.", "pods: "), ("spec.volumeClaimTemplates[", "claim ["), ("spec.", string.Empty) })
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return (instead + path[prefix.Length..]).Replace("].spec.resources.requests.storage", "] storage", StringComparison.Ordinal).Replace("].spec.", "] ", StringComparison.Ordinal);
            }
        }

        return path;
    }

    private List<string> LineTexts()
    {
        var (was, now) = (Lines(Before), Lines(After));
        if (Before is null || After is null)
        {
            return [$"{Path.Last}: {(Before is null ? "a new file" : "no longer there")}"];
        }

        List<string> changed = [.. was.Except(now).Select(line => $"{Path.Last}: - {line}"), .. now.Except(was).Select(line => $"{Path.Last}: + {line}")];
        return changed.Count switch
        {
            0 => [$"{Path.Last}: the same lines in another order"],
            <= MaxLines => changed,
            _ => [.. changed.Take(MaxLines), $"{Path.Last}: and {changed.Count - MaxLines} lines more"],
        };
    }

    private static string[] Lines(JsonNode? text) => $"{text}".Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Short(JsonNode? value) => value switch
    {
        null => "(none)",
        JsonObject or JsonArray => value.ToJsonString() is { Length: <= MaxLength } json ? json : "(changed)",
        _ when $"{value}" == PulumiValues.Unknown => "(not known yet)",
        _ when $"{value}".Length > MaxLength => $"{$"{value}"[..MaxLength]}...",
        _ => $"{value}" is { Length: > 0 } text ? text : "\"\"",
    };
}
