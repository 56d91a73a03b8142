using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>JSON as a value of its own, and as the text of an input marked as JSON.</summary>
internal static class Json
{
    public static object? ToWire(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => element.GetBoolean(),
        JsonValueKind.Array => element.EnumerateArray().Select(ToWire).ToImmutableArray(),
        _ => element.EnumerateObject().ToImmutableDictionary(property => property.Name, property => ToWire(property.Value)),
    };

    public static JsonElement FromWire(object? value) => JsonSerializer.SerializeToElement(value);

    /// <summary>The text of an input marked as JSON.</summary>
    public static object? Of(string context, object? value) => value switch
    {
        null => null,
        IInput input => new Output<object?>(input.ToOutput().GetDataAsync()).Apply(inner => TextAsync(context, inner)),
        _ => Output.Create(TextAsync(context, value)),
    };

    private static async Task<string> TextAsync(string context, object? value) =>
        JsonText.Write(await new Serializer(keepResources: false).SerializeAsync(context, value).ConfigureAwait(false));
}
