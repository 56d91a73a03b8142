using System.Text.RegularExpressions;
using Infra.Identity;

namespace Infra.Workloads;

/// <summary>Which labels and annotations may be given to an object of a component.</summary>
internal static partial class MetadataKey
{
    private const string Reserved = "pulumi.com/";

    /// <summary>What is wrong with the key of an annotation, as a sentence; nothing when it is right.</summary>
    /// <remarks>
    /// Keys of pulumi.com are refused as a whole instead of merged: how to wait for an object and how to delete it decides whether a deployment can end
    /// and whether pods survive it.
    /// </remarks>
    public static string? AnnotationProblem(string key) => key.StartsWith(Reserved, StringComparison.OrdinalIgnoreCase)
        ? "annotations of pulumi.com are the component's own; they say how to wait for its objects and how to delete them"
        : Problem(key, "an annotation");

    /// <summary>What is wrong with the key of a label, as a sentence; nothing when it is right.</summary>
    public static string? LabelProblem(string key) => Problem(key, "a label");

    /// <remarks>Grammar: apimachinery's IsQualifiedName, letters of either case.</remarks>
    private static string? Problem(string key, string what) => key.Split('/') switch
    {
        [var name] when IsName(name) => null,
        [var prefix, var name] when IsName(name) && prefix.Length <= ResourceName.MaxSubdomainLength && PrefixPattern().IsMatch(prefix) => null,
        _ => $"\"{key}\" is not the key of {what}: a name of at most {ResourceName.MaxLabelLength} letters, digits, '-', '_' and '.', "
            + "starting and ending with a letter or digit, and before it, if anything, a DNS name and '/', such as example.com/owner",
    };

    private static bool IsName(string name) => name.Length <= ResourceName.MaxLabelLength && NamePattern().IsMatch(name);

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PrefixPattern();
}
