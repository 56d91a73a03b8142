using System.Globalization;
using System.Text.Json.Nodes;

namespace Cli.Meaning;

/// <summary>Quantities of Kubernetes, such as 10Gi.</summary>
internal static class Quantities
{
    private static readonly string[] Binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
    private static readonly string[] Decimal = ["k", "M", "G", "T", "P", "E"];

    /// <summary>The number; 0 for what is none.</summary>
    public static double Value(JsonNode? quantity)
    {
        var text = $"{quantity}";
        var (number, factor) = Array.FindIndex(Binary, text.EndsWith) is var binary and >= 0 ? (text[..^2], Math.Pow(1024, binary + 1))
            : Array.FindIndex(Decimal, text.EndsWith) is var power and >= 0 ? (text[..^1], Math.Pow(1000, power + 1))
            : text.EndsWith('m') ? (text[..^1], 0.001)
            : (text, 1);
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value * factor : 0;
    }
}
