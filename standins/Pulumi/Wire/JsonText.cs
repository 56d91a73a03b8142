using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using static System.StringComparison;

namespace Pulumi;

/// <summary>Writes a wire value as the SDK does, with a blank inside every bracket.</summary>
internal static class JsonText
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e'),
        string text => JsonSerializer.Serialize(text, Plain).Replace("<", "\\u003c", Ordinal).Replace(">", "\\u003e", Ordinal),
        ImmutableArray<object?> list => Bracket('[', list.Select(Write), ']'),
        ImmutableDictionary<string, object?> fields => Bracket('{', fields.OrderBy(field => field.Key).Select(Field), '}'),
        Unknown => Write(Unknown.Id),
        Secret secret => Write(Secret.Marked(secret.Value)),
        _ => throw new InvalidOperationException($"{value.GetType().FullName} has no JSON text."),
    };

    private static string Field(KeyValuePair<string, object?> field) => $"{Write(field.Key)}: {Write(field.Value)}";

    private static string Bracket(char open, IEnumerable<string> items, char close)
    {
        var inside = string.Join(", ", items);
        return inside.Length == 0 ? $"{open} {close}" : $"{open} {inside} {close}";
    }
}
