namespace Infra.Arguments;

/// <summary>A value that is one of a few words.</summary>
internal static class Choice
{
    /// <summary>When a node pulls an image.</summary>
    public static readonly IReadOnlyList<string> PullPolicies = ["Always", "IfNotPresent", "Never"];

    /// <summary>Why a word is not one of them; nothing when it is.</summary>
    public static string? Problem(string word, IReadOnlyList<string> words) =>
        words.Contains(word) ? null : $"\"{word}\" is not known here; it takes one of {string.Join(", ", words)}";
}
