using System.CommandLine;

namespace Lab.Commands;

/// <summary>Takes an instance down.</summary>
public static class DownCommand
{
    /// <summary>The command.</summary>
    public static Command Create(InstanceOption instance)
    {
        var command = new Command("down", "take the local cluster down; its claims stay");
        instance.AddTo(command);
        var purge = new Option<bool>("--purge") { Description = "remove the claims, and with them the data, too" };
        command.Options.Add(purge);
        command.SetAction(async parsed =>
        {
            var lab = instance.Instance(parsed);
            var claims = (await lab.Cluster.ClaimsAsync().ConfigureAwait(false)).Count;
            await Waiting.ForAsync($"down     stopping the pods of {instance.Name(parsed)}", new LabDown(lab.Folder).RunAsync(parsed.GetValue(purge))).ConfigureAwait(false);
            Console.WriteLine((claims, parsed.GetValue(purge)) switch
            {
                (0, _) => "down     nothing is left",
                (_, true) => $"down     nothing is left; {claims} claims are removed",
                _ => $"down     {claims} claims stay; the next {instance.Line("up", parsed)} finds them ({instance.Line("down", parsed)} --purge removes them)",
            });
            return 0;
        });
        return command;
    }
}
