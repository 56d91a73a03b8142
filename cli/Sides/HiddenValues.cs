using System.Text.Json.Nodes;
using Cli.Meaning;

namespace Cli.Sides;

/// <summary>Values of a preview that do not show: a text stands in their place, whatever they are.</summary>
internal static class HiddenValues
{
    /// <summary>The same with an empty section for each of them, so that whoever asks for a part of one finds none.</summary>
    public static JsonNode? Open(JsonNode? node) => node switch
    {
        JsonObject section => new JsonObject(section.Select(pair => KeyValuePair.Create(pair.Key, Open(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Open)]),
        JsonValue when $"{node}" is PulumiValues.Secret or PulumiValues.Unknown => new JsonObject(),
        _ => node?.DeepClone(),
    };
}
