using System.IO.Enumeration;

namespace Cli.Meaning;

/// <summary>A row of the table of server options: what a change of an option means for data and for replicas that run.</summary>
/// <param name="Option">The option, with underscores; <c>*</c> stands for any letters.</param>
/// <param name="Tier">What it can mean.</param>
/// <param name="Says">What it means, in a sentence; nothing where it only needs a restart.</param>
/// <param name="Source">Where that is from.</param>
internal sealed record ServerOptionRule(string Option, Tier Tier, string? Says, string Source)
{
    /// <summary>Whether a value after the change is one that the row is about; any by default.</summary>
    public Func<string, bool> Concerns { get; init; } = _ => true;

    /// <summary>The value that the row is about, for people; empty for any.</summary>
    public string Value { get; init; } = string.Empty;

    /// <summary>Whether the row is about an option.</summary>
    public bool Covers(string option) => FileSystemName.MatchesSimpleExpression(Option, option, ignoreCase: false);
}
