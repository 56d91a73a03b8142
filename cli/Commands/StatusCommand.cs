using System.CommandLine;
using Cli.Status;
using Lab.Commands;

namespace Cli.Commands;

/// <summary>Shows the pods of a local cluster, or those that the program runs on a real one.</summary>
internal static class StatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("status", "show the pods of the stack's local cluster, or with --context all that this program runs on a real one");
        var instance = new StackInstance();
        instance.AddTo(command);
        var cluster = new ClusterOptions(command, @namespace: "of a real cluster, one namespace; all where it is left out");
        var watch = new Option<bool>("--watch", "-w") { Description = "again every two seconds; not on a terminal, whenever something has changed" };
        var json = new Option<bool>("--json") { Description = "as JSON, for programs" };
        command.Options.Add(watch);
        command.Options.Add(json);
        command.SetAction(async (parsed, cancel) =>
        {
            using var connection = cluster.OpenIfGiven(parsed);
            IStatusSource source = connection is not null
                ? new ClusterStatus(connection, cluster.Namespace(parsed))
                : new LabStatus(instance.Stack(parsed), instance.Running(parsed).Cluster);
            var (asJson, again) = (parsed.GetValue(json), parsed.GetValue(watch));
            string Show(StatusReport report) => asJson ? StatusText.Json(source, report, indented: !again) : string.Join('\n', StatusText.Lines(report, DateTimeOffset.UtcNow));
            if (again)
            {
                await new StatusWatch(source, Show, Console.Out, terminal: !Console.IsOutputRedirected && !asJson).RunAsync(cancel);
                return 0;
            }

            var report = await source.ReadAsync(cancel);
            Console.WriteLine(Show(report));
            return report.AllReady ? 0 : CommandException.Failed;
        });
        return command;
    }

    /// <summary>Prints the table.</summary>
    public static void Print(IReadOnlyList<PodRow> rows)
    {
        foreach (var line in StatusTable.Lines(rows))
        {
            Console.WriteLine(line);
        }
    }
}
