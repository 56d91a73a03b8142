using System.CommandLine;
using System.Text.Json;
using Cli.Commands;
using Cli.Evaluation;
using Lab.Commands;
using Lab.Host;
using Trials.Bench;
using Trials.Instances;

namespace Trials.Commands;

/// <summary>Measures the project on this machine and prints figures.</summary>
internal static class BenchCommand
{
    /// <summary>The command's name, and that of the instance it runs on.</summary>
    public const string Name = "bench";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "measure seeding against a raw copy, coming up, and recovery, on a local cluster of its own");
        var stack = new StackOptions(command);
        var profile = new ProfileOption(command);
        var options = new BenchOptions(command, "how much data is seeded");
        command.Subcommands.Add(BenchEvaluateCommand.Create());
        command.Subcommands.Add(BenchBackupCommand.Create());
        command.SetAction(async (parsed, cancel) =>
        {
            await HostPackages.EnsureAsync(Console.Error.WriteLine);
            await using var lab = await TemporaryLab.StartAsync(ProjectFolder.Root, Name);
            var passwords = new Passwords(Path.Combine(lab.Folder.Path, "passwords.json"));
            try
            {
                var figures = await new Benchmark(lab, () => StackEvaluation.ManifestsAsync(stack.Read(parsed, profile.Change(parsed)), passwords), Waiting.ForAsync)
                    .RunAsync(options.Gigabytes(parsed), options.Rounds(parsed), cancel);
                Print(figures, options.Json(parsed));
                return 0;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("bench    interrupted; what it made is being removed");
                return CommandException.Failed;
            }
        });
        return command;
    }

    private static void Print(BenchFigures figures, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(figures.Json(), Json));
            return;
        }

        var rows = figures.Rows().ToList();
        var (names, values) = (rows.Max(row => row.Name.Length), rows.Max(row => row.Value.Length));
        foreach (var (name, value, note) in rows)
        {
            Console.WriteLine($"{name.PadRight(names)}  {value.PadLeft(values)}  {note}");
        }
    }
}
