using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Lab.Evaluation;

/// <summary>YAML files as JSON, which is what Pulumi makes of them before a program sees a value.</summary>
internal static class YamlText
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();

    /// <summary>Reads a file with one document; an empty one is an empty section.</summary>
    /// <exception cref="CommandException">The file is not there or not YAML.</exception>
    public static JsonObject ReadFile(string path)
    {
        try
        {
            return ToJson(Reader.Deserialize<object?>(File.ReadAllText(path))) as JsonObject ?? [];
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
