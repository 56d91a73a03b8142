using System.Text.RegularExpressions;
using Cli.Commands;

namespace Trials.Readme;

/// <summary>The command lines of the README.</summary>
internal static partial class ReadmeCommands
{
    private static readonly string[] Text = File.ReadAllLines(Path.Combine(ProjectFolder.Root, "README.md"));

    /// <summary>The lines of <c>./dev</c> in its blocks and in its sentences, as people would type them.</summary>
    public static IReadOnlyList<string> Lines { get; } = [.. Text
        .SelectMany(line => line.StartsWith("./dev ", StringComparison.Ordinal) ? [Comment().Replace(line, "")] : InlineCode().Matches(line).Select(match => match.Groups["line"].Value))
        .Distinct()];

    /// <summary>The commands that its table has.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Text
        .SkipWhile(line => !line.StartsWith("| command |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith("| `", StringComparison.Ordinal))
        .SelectMany(row => FirstCell().Match(row).Groups["cell"].Value.Split("`, `"))
        .Select(command => command.Trim('`', ' ').Split(' ')[0])];

    [GeneratedRegex(" {2,}#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"`(?<line>\./dev [^`]*)`", RegexOptions.ExplicitCapture)]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^\| (?<cell>([^|\\]|\\\|)*) \|", RegexOptions.ExplicitCapture)]
    private static partial Regex FirstCell();
}
