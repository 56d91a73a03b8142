using System.Text.RegularExpressions;

namespace Cli.Meaning;

/// <summary>
/// Where in an object a value stands: <c>spec.volumeClaimTemplates[data].spec.storageClassName</c>. An item of a list goes by its name, or by its place; a key
/// with dots stands in quotes. As a pattern, <c>*</c> is any one step and <c>**</c> any number of them at the end.
/// </summary>
internal sealed partial class FieldPath
{
    private readonly IReadOnlyList<string> steps;

    private FieldPath(IReadOnlyList<string> steps, string text)
    {
        this.steps = steps;
        Text = text;
    }

    /// <summary>The object itself.</summary>
    public static FieldPath Root { get; } = new([], string.Empty);

    /// <summary>The path as people write it.</summary>
    public string Text { get; }

    /// <summary>The last step; empty at the root.</summary>
    public string Last => steps.Count == 0 ? string.Empty : steps[^1];

    /// <summary>Reads a path or pattern.</summary>
    public static FieldPath Parse(string text) => new([.. StepPattern().Matches(text).Select(Step)], text);

    /// <summary>The path of a key below this one.</summary>
    public FieldPath Key(string key) => new([.. steps, key], PlainKey().IsMatch(key) ? (Text.Length == 0 ? key : $"{Text}.{key}") : $"{Text}[\"{key}\"]");

    /// <summary>The path of a list's item below this one.</summary>
    public FieldPath Item(string item) => new([.. steps, item], $"{Text}[{item}]");

    /// <summary>A step, counted from the beginning; empty where there is none.</summary>
    public string Step(int index) => index < steps.Count ? steps[index] : string.Empty;

    /// <summary>Whether a pattern is of this path.</summary>
    public bool Matches(FieldPath pattern)
    {
        for (var i = 0; i < pattern.steps.Count; i++)
        {
            if (pattern.steps[i] == "**")
            {
                return true;
            }

            if (i >= steps.Count || (pattern.steps[i] != "*" && pattern.steps[i] != steps[i]))
            {
                return false;
            }
        }

        return steps.Count == pattern.steps.Count;
    }

    private static string Step(Match match) =>
        match.Groups["quoted"] is { Success: true, Value: var quoted } ? quoted : match.Groups["item"] is { Success: true, Value: var item } ? item : match.Groups["key"].Value;

    [GeneratedRegex("""\["(?<quoted>[^"]*)"\]|\[(?<item>[^\]]*)\]|(?<key>[^.\[\]]+)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex StepPattern();

    [GeneratedRegex("^[A-Za-z0-9_-]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainKey();
}
