using System.CommandLine;
using Stacks.Settings;

namespace Lab.Commands;

/// <summary>Tells what is wrong with a command line and what would be right.</summary>
internal static class WrongUse
{
    /// <summary>Prints each error and returns the exit code.</summary>
    public static int Explain(ParseResult parsed)
    {
        foreach (var sentence in Sentences(parsed))
        {
            Console.Error.WriteLine(sentence);
        }

        Console.Error.WriteLine("./dev --help and ./dev COMMAND --help tell more");
        return CommandException.WrongUse;
    }

    private static IEnumerable<string> Sentences(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0)
        {
            return parsed.Errors.Select(error => error.Message);
        }

        var names = command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToList();
        return parsed.UnmatchedTokens switch
        {
            [var word, ..] when Suggestion.For(word, names) is { } meant => [$"there is no command \"{word}\"; did you mean \"{meant}\"?"],
            [var word, ..] => [$"there is no command \"{word}\"; there are {string.Join(", ", names)}"],
            _ => [$"a command is missing; there are {string.Join(", ", names)}, test, build and fmt"],
        };
    }
}
