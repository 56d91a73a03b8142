using System.Globalization;
using Lab.Commands;
using Lab.Processes;

namespace Trials.Bench;

/// <summary>How long a program ran.</summary>
/// <param name="Wall">From its start to its end, in seconds.</param>
/// <param name="Processor">Of processors' time for it and its children, in seconds.</param>
internal readonly record struct Timing(double Wall, double Processor)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a program to its end.</summary>
    /// <returns>How long it took, and what it wrote to its standard output.</returns>
    /// <exception cref="CommandException">It failed.</exception>
    public static async Task<(Timing Time, string Output)> OfAsync(Command command, CancellationToken cancel)
    {
        // The shell's word, as only a parent that waited knows what its children used.
        const string Script = "TIMEFORMAT='%R %U %S'; exec 3>&2; { time \"$@\" 2>&3; } 2>\"$TIMES\"";
        var times = Path.GetTempFileName();
        try
        {
            var result = await new CommandRunner().RunAsync(
                new Command("bash", ["-c", Script, "bash", command.File, .. command.Arguments])
                {
                    Environment = new Dictionary<string, string?>(command.Environment) { ["TIMES"] = times },
                    Timeout = Limit,
                },
                cancel);
            if (!result.Succeeded)
            {
                throw new CommandException($"{command} failed: {result.StandardError.Trim()}", CommandException.Failed);
            }

            var parts = (await File.ReadAllTextAsync(times, cancel)).Split(' ').Select(part => double.Parse(part, CultureInfo.InvariantCulture)).ToList();
            return (new Timing(parts[0], parts[1] + parts[2]), result.StandardOutput);
        }
        finally
        {
            File.Delete(times);
        }
    }
}
