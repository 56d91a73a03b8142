using System.CommandLine;

namespace Lab.Commands;

/// <summary>Deletes a pod of a local cluster, to see it come back.</summary>
internal static class DeleteCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("delete", "delete a pod of the local cluster; its set makes it anew, on the same claim");
        var stack = new StackOptions(command, settings: false);
        var kill = new Option<bool>("--kill") { Description = "kill its processes instead of asking them to end" };
        var pod = new Argument<string>("pod") { Description = "the pod" };
        command.Options.Add(kill);
        command.Arguments.Add(pod);
        command.SetAction(parsed =>
        {
            var deleted = new LocalLab(stack.Name(parsed)).Running().DeletePod(parsed.GetValue(pod)!, parsed.GetValue(kill) ? TimeSpan.Zero : null);
            Console.WriteLine($"{deleted.Name} is being deleted; ./dev status shows it return");
        });
        return command;
    }
}
