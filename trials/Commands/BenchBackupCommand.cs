using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Commands;
using Cli.Evaluation;
using Infra.MySql;
using Infra.MySql.Profiles;
using Lab.Commands;
using Lab.Host;
using Trials.Bench;
using Trials.Instances;

namespace Trials.Commands;

/// <summary>Measures backups and prints figures.</summary>
internal static class BenchBackupCommand
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("backup", "measure a backup against tar | zstd of the same data, on a local cluster of its own");
        var options = new BenchOptions(command, "how much data there is");
        command.SetAction(async (parsed, cancel) =>
        {
            await HostPackages.EnsureAsync(Console.Error.WriteLine);
            await using var lab = await TemporaryLab.StartAsync(ProjectFolder.Root, BenchCommand.Name);
            var stack = StackFile.Read(ProjectFolder.Root, "dev", [], BackUp);
            var objects = await StackEvaluation.ObjectsAsync(stack, new Passwords(Path.Combine(lab.Folder.Path, "passwords.json")));
            var figures = await new BackupBenchmark(lab, Waiting.ForAsync).RunAsync(objects, options.Gigabytes(parsed), options.Rounds(parsed), cancel);
            Console.WriteLine(options.Json(parsed) ? JsonSerializer.Serialize(figures.Json(), Json) : string.Join('\n', figures.Lines()));
            return 0;
        });
        return command;
    }

    /// <summary>The stack's system backs up. In the lab no claim is smaller than the machine's disk.</summary>
    private static void BackUp(JsonObject config)
    {
        ProfileOption.Put(MySqlProfile.Find(MySqlProfiles.MySql84)!, config);
        config["mysql"]![0]!["backup"] = new JsonObject { ["store"] = new JsonObject { ["storage"] = MySqlDefaults.Storage } };
    }
}
