using System.CommandLine;

namespace Lab.Commands;

/// <summary>Prints what a container of a local cluster wrote.</summary>
internal static class LogsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("logs", "print what a container of the local cluster wrote: logs mysql-1 -c clone-mysql");
        var stack = new StackOptions(command, settings: false);
        var container = new Option<string?>("--container", "-c") { Description = "the container; the pod's first one where it is left out" };
        var previous = new Option<bool>("--previous") { Description = "of the run before its last restart" };
        var pod = new Argument<string>("pod") { Description = "the pod" };
        command.Options.Add(container);
        command.Options.Add(previous);
        command.Arguments.Add(pod);
        command.SetAction(parsed =>
        {
            foreach (var line in new LocalLab(stack.Name(parsed)).Running().Logs(parsed.GetValue(pod)!, parsed.GetValue(container), parsed.GetValue(previous)))
            {
                Console.WriteLine(line);
            }
        });
        return command;
    }
}
