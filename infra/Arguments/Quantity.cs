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

    [GeneratedRegex("^(?<number>[0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][0-9]+)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
