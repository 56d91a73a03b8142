using System.CommandLine;
using Cli.Backups;
using Infra.MySql;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Commands;

/// <summary>Makes a backup of a MySQL system, and looks at those that there are, by Jobs beside the system's own CronJob.</summary>
internal static class BackupCommand
{
    /// <summary>The command.</summary>
    public static Command Create() => new("backup", "make a backup of a MySQL system, and look at those that there are")
    {
        Part("now", "make a backup: fetched, stored, fetched back, restored and compared", takesId: false),
        Part("list", "list the backups: good, unproved, damaged, or partial, as of a run that was killed", takesId: false),
        Part("show", "show what a backup is", takesId: true),
        Part("verify", "fetch a backup back, restore it into a server that nobody reaches, and compare", takesId: true),
    };

    private static Command Part(string name, string description, bool takesId)
    {
        var command = new Command(name, description);
        var instance = new StackInstance();
        instance.AddTo(command);
        var cluster = new ClusterOptions(command, @namespace: "of a real cluster, the system's namespace; default where it is left out");
        var system = new Option<string?>("--system") { Description = "the system's name, where there are several with backups", HelpName = "name" };
        var minutes = new Option<int>("--minutes") { Description = "how long to wait", DefaultValueFactory = _ => 120, HelpName = "number" };
        minutes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--minutes is a number of minutes, 1 or more");
            }
        });
        var id = new Argument<string>("id") { Description = "a backup's id, such as 20261127T023000Z, or latest" };
        id.Validators.Add(result =>
        {
            if (MySqlRestoreArgs.IdProblem(result.GetValueOrDefault<string>()) is { } problem)
            {
                result.AddError(problem);
            }
        });
        command.Options.Add(system);
        command.Options.Add(minutes);
        if (takesId)
        {
            command.Arguments.Add(id);
        }

        command.SetAction(async (parsed, cancel) =>
        {
            using var connection = cluster.OpenIfGiven(parsed);
            IBackupPlace backups = connection is not null ? new ClusterBackups(connection, cluster.Namespace(parsed) ?? Manifest.DefaultNamespace) : new LabBackups(instance.Running(parsed).Cluster);
            var cronJob = Only(await backups.CronJobsAsync(parsed.GetValue(system), cancel), parsed.GetValue(system));
            var limit = TimeSpan.FromMinutes(parsed.GetValue(minutes));
            var good = name == "now"
                ? await backups.MakeAsync(cronJob, Console.WriteLine, limit, cancel)
                : await backups.RunAsync(BackupJob.Of(cronJob, takesId ? [name, parsed.GetValue(id)!] : [name]), Console.WriteLine, limit, cancel);
            return good ? 0 : CommandException.Failed;
        });
        return command;
    }

    private static Manifest Only(IReadOnlyList<Manifest> found, string? system) => found switch
    {
        [var only] => only,
        [] => throw new CommandException(system is null ? "no system here has backups; the section backup of a MySQL system makes them" : $"there is no system {system} with backups here", CommandException.Failed),
        _ => throw new CommandException($"several systems have backups; --system names one: {string.Join(", ", found.Select(one => BackupJob.SystemOf(one.Name)))}"),
    };
}
