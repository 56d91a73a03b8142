using System.CommandLine;

namespace Lab.Commands;

/// <summary>Deletes a pod, to see it come back.</summary>
public static class DeleteCommand
{
    /// <summary>The command.</summary>
    public static Command Create(InstanceOption instance)
    {
        var command = new Command("delete", "delete a pod; its set makes it anew, on the same claim");
        instance.AddTo(command);
        var kill = new Option<bool>("--kill") { Description = "kill its processes instead of asking them to end" };
        var pod = new Argument<string>("pod") { Description = "the pod" };
        command.Options.Add(kill);
        command.Arguments.Add(pod);
        command.SetAction(parsed =>
        {
            var deleted = instance.Running(parsed).Cluster.DeletePod(parsed.GetValue(pod)!, parsed.GetValue(kill) ? TimeSpan.Zero : null);
            Console.WriteLine($"{deleted.Name} is being deleted; {instance.Line("status", parsed)} shows it return");
        });
        return command;
    }
}
