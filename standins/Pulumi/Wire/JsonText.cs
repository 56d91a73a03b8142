using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Pulumi;

/// <summary>Writes a wire value as the SDK does, with a blank inside every bracket.</summary>
internal static class JsonText
{
    public static string Write(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        string text => JsonSerializer.Serialize(text, UnescapedText.Options),
        ImmutableArray<object?> list => Bracket('[', list.Select(Write), ']'),
        ImmutableDictionary<string, object?> fields => Bracket('{', fields.OrderBy(field => field.Key).Select(field => $"{Write(field.Key)}: {Write(field.Value)}"), '}'),
        Unknown => Write(Unknown.Id),
        Secret secret => Write(secret.Value),
        _ => throw new InvalidOperationException($"{value.GetType().FullName} has no JSON text."),
    };

    private static string Bracket(char open, IEnumerable<string> items, char close)
    {
        var inside = string.Join(", ", items);
        return inside.Length == 0 ? $"{open} {close}" : $"{open} {inside} {close}";
    }

    private static class UnescapedText
    {
        public static readonly JsonSerializerOptions Options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    }
}
