using System.Text;
using Cli.Clusters;

namespace Cli.Meaning;

/// <summary>A difference for a pull request.</summary>
internal static class DifferenceMarkdown
{
    /// <summary>The text.</summary>
    /// <param name="title">What is compared.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="look">What a cluster has; nothing where none was asked.</param>
    public static string Write(string title, IReadOnlyList<ObjectChange> changes, ClusterLook? look = null)
    {
        var text = new StringBuilder($"### {Plain(DifferenceText.Summary(changes))}\n\n{Plain(title)}\n");
        if (look is not null)
        {
            text.Append($"\n#### {Plain(look.Summary)}\n");
            text.Append(string.Concat(DifferenceText.Obstacles(look).Select((sentence, place) => $"{(place == 0 ? "\n" : string.Empty)}- {Plain(sentence)}\n")));
        }

        foreach (var tier in Tiers.WorstFirst)
        {
            var objects = DifferenceText.Of(changes, tier).ToList();
            if (objects.Count == 0)
            {
                continue;
            }

            text.Append($"\n#### {tier.Word()}\n\n");
            foreach (var change in objects)
            {
                text.Append($"- `{change.Action.Sign()}` **{Plain(DifferenceText.Title(change))}**\n");
                foreach (var cause in DifferenceText.Causes(change))
                {
                    text.Append($"  - {Code(cause)}\n");
                }

                foreach (var sentence in DifferenceText.Sentences(change))
                {
                    text.Append($"  - {Plain(sentence)}\n");
                }

                foreach (var way in DifferenceText.Safely(change))
                {
                    text.Append($"  - *safely:* {Plain(way)}\n");
                }
            }
        }

        return text.ToString();
    }

    /// <summary>Text in which nothing is taken for markup: what stands in a stack file is not the reader's to run.</summary>
    private static string Plain(string text) => string.Concat(text.Select(letter => letter switch
    {
        '<' => "&lt;",
        '>' => "&gt;",
        '&' => "&amp;",
        '*' or '_' or '`' or '[' or ']' or '|' or '\\' or '#' or '@' or '!' => $"\\{letter}",
        _ => $"{letter}",
    }));

    /// <summary>Text as code, in as many ticks as it takes.</summary>
    private static string Code(string text)
    {
        var line = text.Replace('\n', ' ').Replace('\r', ' ');
        var ticks = new string('`', line.Split('`').Length);
        return $"{ticks} {line} {ticks}";
    }
}
