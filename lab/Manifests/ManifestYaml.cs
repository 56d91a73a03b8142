using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lab.Manifests;

/// <summary>Kubernetes objects as YAML, in the order in which people expect their keys.</summary>
public static class ManifestYaml
{
    private const string EndMarker = "...\n";

    private static readonly string[] First = ["apiVersion", "kind", "metadata", "name", "namespace"];

    /// <summary>One document.</summary>
    public static string Write(Manifest manifest)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(ToYaml(manifest.Body))).Save(text, assignAnchors: false);
        var written = text.ToString();
        // The library ends every document with a marker that one file, or a list of documents, does not need.
        return written.EndsWith(EndMarker, StringComparison.Ordinal) ? written[..^EndMarker.Length] : written;
    }

    private static YamlNode ToYaml(JsonNode? node) => node switch
    {
        JsonObject section => new YamlMappingNode(section
            .OrderBy(pair => Array.IndexOf(First, pair.Key) is var place and >= 0 ? place : First.Length)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .SelectMany(pair => new[] { Text(pair.Key), ToYaml(pair.Value) })),
        JsonArray list => new YamlSequenceNode(list.Select(ToYaml)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(node.ToJsonString()),
    };

    private static YamlScalarNode Text(string text) => new(text)
    {
        Style = IsBlock(text) ? ScalarStyle.Literal : NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain,
        Tag = TagName.Empty,
    };

    /// <summary>Whether a text is lines of a file, which read best as they are: it begins with no space and ends with one line end.</summary>
    private static bool IsBlock(string text) => text.Length > 1 && text[^1] == '\n' && text[^2] != '\n' && !char.IsWhiteSpace(text[0]);

    /// <summary>Whether a reader would take the plain text for something else: a number, a boolean, nothing, or a piece of syntax.</summary>
    private static bool NeedsQuotes(string text) => !text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./ ".Contains(letter))
        || text.Length == 0 || !char.IsAsciiLetter(text[0]) || text[^1] == ' '
        || text.ToLowerInvariant() is "true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n";
}
