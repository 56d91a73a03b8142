using System.Text.RegularExpressions;

namespace Infra.Arguments;

/// <summary>The name of an image, with or without a registry, a tag and a digest.</summary>
internal static partial class ImageName
{
    /// <summary>What is wrong with an image's name; nothing when it is right.</summary>
    /// <param name="text">The name.</param>
    /// <param name="example">One that would be right, without a registry.</param>
    public static string? Problem(string text, string example) =>
        !Pattern().IsMatch(text) ? $"\"{text}\" is not the name of an image such as {example} or registry.example/team/{example}"
        : text.Contains('@', StringComparison.Ordinal) && !Digest().IsMatch(text) ? $"\"{text}\" has no whole digest behind its @: sha256: and 64 lower-case hexadecimal digits, as in {example}@sha256:..."
        : null;

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9._/:@-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex("^[^@]+@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Digest();
}
