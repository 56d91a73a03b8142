using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Cli.Commands;
using Cli.Evaluation;
using Lab.Commands;
using Lab.Host;
using Trials.Instances;
using Trials.Soak;

namespace Trials.Commands;

/// <summary>Does random faults to a local cluster of its own and reports whether it held.</summary>
internal static class SoakCommand
{
    /// <summary>The command's name, and that of the instance it runs on.</summary>
    public const string Name = "soak";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "random faults against a local cluster of its own, under writes; the same seed does the same again");
        var stack = new StackOptions(command);
        var profile = new ProfileOption(command);
        var minutes = NumberOption.Decimal("--minutes", "how long faults begin", 5, given => given > 0, "a number above 0");
        var seed = new Option<int?>("--seed") { Description = "which faults come when; a random one where it is left out", HelpName = "S" };
        var json = new Option<bool>("--json") { Description = "as JSON, for programs" };
        command.Options.Add(minutes);
        command.Options.Add(seed);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            Action<string> tell = parsed.GetValue(json) ? Console.Error.WriteLine : Console.WriteLine;
            await HostPackages.EnsureAsync(Console.Error.WriteLine);
            await using var lab = await TemporaryLab.StartAsync(ProjectFolder.Root, Name);
            var passwords = new Passwords(Path.Combine(lab.Folder.Path, "passwords.json"));
            var run = new SoakRun(
                lab,
                connections => StackEvaluation.ManifestsAsync(stack.Read(parsed, profile.Change(parsed), $"mysql[0].options.max_connections={connections}", "mysql[0].options.event_scheduler=ON"), passwords),
                line => tell($"{DateTime.Now:HH:mm:ss} {line}"));
            try
            {
                var report = await run.RunAsync(parsed.GetValue(seed) ?? RandomNumberGenerator.GetInt32(int.MaxValue), TimeSpan.FromMinutes(parsed.GetValue(minutes)), cancel);
                report = report with { Profile = profile.Name(parsed) };
                Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report.Json(), Json) : string.Join('\n', report.Lines()));
                return report.Sound ? 0 : CommandException.Failed;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync("soak     interrupted; what it made is being removed");
                return CommandException.Failed;
            }
        });
        return command;
    }
}
