using System.Text.Json.Nodes;
using Lab.Commands;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Lab.Manifests;

/// <summary>YAML as JSON.</summary>
public static class YamlText
{
    /// <summary>Reads a file with one document; an empty one is an empty section.</summary>
    /// <exception cref="CommandException">The file is not there or not YAML.</exception>
    public static JsonObject ReadFile(string path) => Documents(path).FirstOrDefault() as JsonObject ?? [];

    /// <summary>Reads a file with any number of documents; empty ones do not count.</summary>
    /// <exception cref="CommandException">The file is not there or not YAML.</exception>
    public static IReadOnlyList<JsonObject> ReadAll(string path) => [.. Documents(path).OfType<JsonObject>()];

    private static List<JsonNode?> Documents(string path)
    {
        try
        {
            var stream = new YamlStream();
            Load(stream, new Parser(new StringReader(File.ReadAllText(path))));
            return [.. stream.Documents.Select(document => ToJson(document.RootNode))];
        }
        catch (IOException)
        {
            throw new CommandException($"there is no {Path.GetFileName(path)} in {Path.GetDirectoryName(path)}");
        }
        catch (YamlException wrong)
        {
            throw new CommandException($"{Path.GetFileName(path)} is not YAML: line {wrong.Start.Line}, {wrong.InnerException?.Message ?? wrong.Message}");
        }
    }

    private static void Load(YamlStream stream, Parser parser)
    {
        try
        {
            stream.Load(parser);
        }
        catch (InvalidOperationException)
        {
            // What the parser throws where a text ends in the middle of a list; it knows how far it came.
            var at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "something is not closed, or stands where it may not");
        }
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode section => new JsonObject(section.Children.Select(pair => KeyValuePair.Create($"{pair.Key}", ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true, Value: { } plain } => YamlScalar.ToJson(plain),
        YamlScalarNode { Value: var text } => text,
        _ => null,
    };
}
