using System.CommandLine;
using System.Text.Json;
using Cli.Status;
using Lab.Commands;

namespace Cli.Commands;

/// <summary>Shows the pods of a local cluster.</summary>
internal static class StatusCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("status", "show the pods of the stack's local cluster");
        var instance = new StackInstance();
        instance.AddTo(command);
        var json = new Option<bool>("--json") { Description = "as JSON, for programs" };
        command.Options.Add(json);
        command.SetAction(async parsed =>
        {
            var rows = await PodRow.AllAsync(instance.Running(parsed).Cluster);
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(new { stack = instance.Stack(parsed), pods = rows }, Json));
            }
            else
            {
                Print(rows);
            }

            return rows.All(row => row.Ready) ? 0 : CommandException.Failed;
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
