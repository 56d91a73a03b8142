using System.Text.RegularExpressions;

namespace Infra.Arguments;

/// <summary>The name of an image, with or without a registry, a tag and a digest.</summary>
internal static partial class ImageName
{
    /// <summary>What is wrong with an image's name; nothing when it is right.</summary>
    /// <param name="text">The name.</param>
    /// <param name="example">One that would be right, without a registry.</param>
    public static string? Problem(string text, string example) =>
        Pattern().IsMatch(text) ? null : $"\"{text}\" is not the name of an image such as {example} or registry.example/team/{example}";

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9._/:@-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
