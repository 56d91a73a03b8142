using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lab.Manifests;

/// <summary>Kubernetes objects as YAML, in the order in which people expect their keys.</summary>
internal static class ManifestYaml
{
    private static readonly string[] First = ["apiVersion", "kind", "metadata", "name", "namespace"];

    /// <summary>One document.</summary>
    public static string Write(Manifest manifest)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(ToYaml(manifest.Body))).Save(text, assignAnchors: false);
        // The library ends every document with a marker that one file, or a list of documents, does not need.
        return text.ToString().TrimEnd('\n').TrimEnd('.').TrimEnd('\n') + "\n";
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
        Style = text.Contains('\n') ? ScalarStyle.Literal : NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Plain,
        Tag = TagName.Empty,
    };

    /// <summary>Whether a reader would take the plain text for something else: a number, a boolean, nothing, or a piece of syntax.</summary>
    private static bool NeedsQuotes(string text) => !text.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./ ".Contains(letter))
        || text.Length == 0 || !char.IsAsciiLetter(text[0]) || text[^1] == ' '
        || text.ToLowerInvariant() is "true" or "false" or "null" or "yes" or "no" or "on" or "off" or "y" or "n";
}
