using System.Text.Json;
using System.Text.Json.Nodes;
using Lab.Commands;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace Lab.Manifests;

/// <summary>YAML as JSON.</summary>
public static class YamlText
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>Reads a file with one document; an empty one is an empty section.</summary>
    /// <exception cref="CommandException">The file is not there or not YAML.</exception>
    public static JsonObject ReadFile(string path) => Read(path, text => ToJson(Reader.Deserialize<object?>(text)) as JsonObject ?? []);

    /// <summary>Reads a file with any number of documents; empty ones do not count.</summary>
    /// <exception cref="CommandException">The file is not there or not YAML.</exception>
    public static IReadOnlyList<JsonObject> ReadAll(string path) => Read(path, text => Documents(text).ToList());

    private static IEnumerable<JsonObject> Documents(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            if (ToJson(Reader.Deserialize<object?>(parser)) is JsonObject document)
            {
                yield return document;
            }
        }
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(File.ReadAllText(path));
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

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        IDictionary<object, object?> section => new JsonObject(section.Select(pair => KeyValuePair.Create($"{pair.Key}", ToJson(pair.Value)))),
        IList<object?> list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonSerializer.SerializeToNode(value, value.GetType()),
    };
}
