using System.CommandLine;

namespace Lab.Commands;

/// <summary>Runs a command line: what goes wrong is a sentence and an exit code, never a trace.</summary>
public static class CommandLine
{
    // A shell's word for a program that SIGINT has ended.
    private const int Interrupted = 130;

    /// <summary>Runs it.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="arguments">What was typed after the program's name.</param>
    /// <param name="words">What to say of a command that does not exist.</param>
    /// <param name="endTime">How long an interrupted command may take to remove what it made; two seconds where it is left out.</param>
    /// <returns>The exit code: 0 done, 1 failed, 2 wrong use, 130 interrupted.</returns>
    public static async Task<int> RunAsync(Command root, IReadOnlyList<string> arguments, CommandWords? words = null, TimeSpan? endTime = null)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            return WrongUse.Explain(parsed, words ?? new CommandWords());
        }

        try
        {
            var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            if (endTime is not null)
            {
                invocation.ProcessTerminationTimeout = endTime;
            }

            return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
        }
        catch (CommandException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message).ConfigureAwait(false);
            return wrong.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("interrupted").ConfigureAwait(false);
            return Interrupted;
        }
        catch (ClusterException failure)
        {
            await Console.Error.WriteLineAsync(string.Join('\n', [failure.Message, .. failure.LastLines.Select(line => $"  {line}")])).ConfigureAwait(false);
            return CommandException.Failed;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // The system's own sentence names the file.
            await Console.Error.WriteLineAsync(refused.Message).ConfigureAwait(false);
            return CommandException.Failed;
        }
    }
}
