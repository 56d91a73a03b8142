using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Arguments;

/// <summary>An amount as Kubernetes writes it, such as <c>10Gi</c> or <c>500m</c>.</summary>
internal static partial class Quantity
{
    /// <summary>What is wrong with an amount above zero; nothing when it is right.</summary>
    /// <param name="text">The amount.</param>
    /// <param name="example">One that would be right.</param>
    /// <remarks>Grammar: apimachinery's resource.Quantity; signs are left out, as nothing here may be negative.</remarks>
    public static string? Problem(string text, string example) => Pattern().Match(text) is { Success: true } match && match.Groups["number"].ValueSpan.ContainsAnyInRange('1', '9')
        ? null
        : $"\"{text}\" is not a quantity above zero such as {example}";

    /// <summary>An amount as a number; nothing where the text is none.</summary>
    public static double? Value(string text)
    {
        var match = Pattern().Match(text);
        return match.Success && double.TryParse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture, out var number) ? number * Unit(match.Groups["unit"].Value) : null;
    }

    private static double Unit(string unit) => unit switch
    {
        "" => 1,
        "n" => 1e-9,
        "u" => 1e-6,
        "m" => 1e-3,
        "k" => 1e3,
        [var letter] => Math.Pow(1000, "kMGTPE".IndexOf(letter, StringComparison.Ordinal) + 1),
        [var letter, 'i'] => Math.Pow(1024, "KMGTPE".IndexOf(letter, StringComparison.Ordinal) + 1),
        _ => Math.Pow(10, int.TryParse(unit.AsSpan(1), CultureInfo.InvariantCulture, out var power) ? power : int.MaxValue),
    };

    [GeneratedRegex("^(?<number>[0-9]+(\\.[0-9]*)?|\\.[0-9]+)(?<unit>[KMGTPE]i|[numkMGTPE]|[eE][0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
