using System.CommandLine;

namespace Lab.Commands;

/// <summary>Tells what is wrong with a command line and what would be right.</summary>
internal static class WrongUse
{
    /// <summary>Prints each error and returns the exit code.</summary>
    public static int Explain(ParseResult parsed, CommandWords words)
    {
        foreach (var sentence in Sentences(parsed, words))
        {
            Console.Error.WriteLine(sentence);
        }

        var program = parsed.RootCommandResult.Command.Name;
        Console.Error.WriteLine($"{program} --help and {program} COMMAND --help tell more");
        return CommandException.WrongUse;
    }

    private static IEnumerable<string> Sentences(ParseResult parsed, CommandWords words)
    {
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count == 0)
        {
            return parsed.Errors.Select(error => error.Message);
        }

        string[] names = [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name), .. words.Others];
        return parsed.UnmatchedTokens switch
        {
            [var word, ..] when words.Nearest(word, names) is { } meant => [$"there is no command \"{word}\"; did you mean \"{meant}\"?"],
            [var word, ..] => [$"there is no command \"{word}\"; there are {string.Join(", ", names)}"],
            _ => [$"a command is missing; there are {string.Join(", ", names)}"],
        };
    }
}
