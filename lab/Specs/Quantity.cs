using System.Globalization;

namespace Lab.Specs;

/// <summary>Kubernetes quantities such as <c>500m</c> or <c>1Gi</c>.</summary>
public static class Quantity
{
    private static readonly Dictionary<string, double> Units = new(StringComparer.Ordinal)
    {
        ["m"] = 1e-3,
        [""] = 1,
        ["k"] = 1e3,
        ["M"] = 1e6,
        ["G"] = 1e9,
        ["T"] = 1e12,
        ["Ki"] = 1L << 10,
        ["Mi"] = 1L << 20,
        ["Gi"] = 1L << 30,
        ["Ti"] = 1L << 40,
    };

    /// <summary>The number a quantity stands for: cores, or bytes.</summary>
    /// <exception cref="ClusterException">It is not a quantity.</exception>
    public static double Parse(string text)
    {
        var digits = text.TrimEnd("mkMGTi".ToCharArray());
        return Units.TryGetValue(text[digits.Length..], out var unit) && double.TryParse(digits, CultureInfo.InvariantCulture, out var number)
            ? number * unit
            : throw new ClusterException($"\"{text}\" is not a quantity such as 500m or 1Gi.");
    }
}
