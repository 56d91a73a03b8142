using System.Collections;
using System.Text.Json.Nodes;

namespace Cli.Evaluation;

/// <summary>Values as Pulumi's mocked engine hands them over, as JSON.</summary>
internal static class WireValue
{
    /// <summary>A section and everything in it.</summary>
    public static JsonObject ToJson(IEnumerable<KeyValuePair<string, object>> section) =>
        new(section.Select(pair => KeyValuePair.Create(pair.Key, ToNode(pair.Value))));

    /// <summary>Any value.</summary>
    public static JsonNode? ToNode(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        // The engine knows one kind of number; a whole one is written as such.
        double number when double.IsInteger(number) && Math.Abs(number) <= int.MaxValue => JsonValue.Create((int)number),
        double number when double.IsInteger(number) => JsonValue.Create((long)number),
        double number => JsonValue.Create(number),
        int number => JsonValue.Create(number),
        IEnumerable<KeyValuePair<string, object>> section => ToJson(section),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(ToNode)]),
        _ => throw new NotSupportedException($"a resource was given a {value.GetType()}"),
    };
}
