using System.CommandLine;

namespace Lab.Commands;

/// <summary>Prints what a container wrote.</summary>
public static class LogsCommand
{
    /// <summary>The command.</summary>
    public static Command Create(InstanceOption instance)
    {
        var command = new Command("logs", "print what a container wrote: logs db-1 -c init");
        instance.AddTo(command);
        var container = new Option<string?>("--container", "-c") { Description = "the container; the pod's first one where it is left out" };
        var previous = new Option<bool>("--previous") { Description = "of the run before its last restart" };
        var pod = new Argument<string>("pod") { Description = "the pod" };
        command.Options.Add(container);
        command.Options.Add(previous);
        command.Arguments.Add(pod);
        command.SetAction(parsed =>
        {
            foreach (var line in instance.Running(parsed).Cluster.Logs(parsed.GetValue(pod)!, parsed.GetValue(container), parsed.GetValue(previous)))
            {
                Console.WriteLine(line);
            }
        });
        return command;
    }
}
