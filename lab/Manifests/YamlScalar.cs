using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Lab.Manifests;

/// <summary>A YAML scalar without quotes or tag: what it says, rather than its text.</summary>
/// <remarks>Source: the core schema of YAML 1.2.</remarks>
internal static partial class YamlScalar
{
    /// <summary>Nothing, a boolean, a number, or else the text.</summary>
    public static JsonNode? ToJson(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => Number(whole),
        _ when plain.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(plain.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) => Number(bits),
        _ when DecimalPattern().IsMatch(plain) && double.TryParse(plain, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => Number(number),
        _ => plain,
    };

    /// <summary>As the node of a parsed document, which can be read as any kind of number.</summary>
    private static JsonNode? Number(IFormattable number) => JsonNode.Parse(number.ToString(null, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex DecimalPattern();
}
