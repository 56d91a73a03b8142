using System.CommandLine;
using Lab.Cluster;

namespace Lab.Commands;

/// <summary>Takes a local cluster down.</summary>
internal static class DownCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("down", "take the stack's local cluster down; its claims stay");
        var stack = new StackOptions(command, settings: false);
        var purge = new Option<bool>("--purge") { Description = "remove the claims, and with them the data, too" };
        command.Options.Add(purge);
        command.SetAction(async parsed =>
        {
            var lab = new LocalLab(stack.Name(parsed));
            var claims = (await lab.Cluster.ClaimsAsync()).Count;
            await Waiting.ForAsync($"down     stopping the pods of stack {stack.Name(parsed)}", new LabDown(lab.Folder).RunAsync(parsed.GetValue(purge)));
            Console.WriteLine((claims, parsed.GetValue(purge)) switch
            {
                (0, _) => "down     nothing is left",
                (_, true) => $"down     nothing is left; {claims} claims are removed",
                _ => $"down     {claims} claims stay; the next ./dev up finds them (./dev down --purge removes them)",
            });
            return 0;
        });
        return command;
    }
}
