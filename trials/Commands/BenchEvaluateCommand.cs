using System.CommandLine;
using System.Text.Json;
using Cli.Commands;
using Cli.Evaluation;
using Lab.Commands;
using Trials.Bench;

namespace Trials.Commands;

/// <summary>Measures the command line itself and prints figures; no server runs.</summary>
internal static class BenchEvaluateCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("evaluate", "measure ./dev render beside helm template, and with 1 to 500 systems; no server runs");
        var helm = new Option<string?>("--helm") { Description = "the program helm; that of the PATH where it is left out", HelpName = "PATH" };
        var systems = NumberOption.Whole("--systems", "the most MySQL systems of a stack", 500);
        var json = new Option<bool>("--json") { Description = "as JSON, for programs" };
        command.Options.Add(helm);
        command.Options.Add(systems);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            var stack = StackFile.Read(ProjectFolder.Root, "dev", []);
            var figures = await new EvaluationBenchmark(Find(parsed.GetValue(helm)), parsed.GetValue(systems)).RunAsync(await StackEvaluation.ManifestsAsync(stack, ProjectFolder.Passwords("dev")), cancel);
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(figures.Json(), Json) : string.Join('\n', figures.Lines()));
            return 0;
        });
        return command;
    }

    private static string? Find(string? given)
    {
        if (given is not null)
        {
            return File.Exists(given) ? Path.GetFullPath(given) : throw new CommandException($"--helm: there is no file {given}");
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "helm")).FirstOrDefault(File.Exists);
    }
}
