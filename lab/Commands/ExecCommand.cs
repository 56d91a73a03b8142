using System.CommandLine;
using System.Diagnostics;

namespace Lab.Commands;

/// <summary>Runs a program in a container, with this terminal.</summary>
public static class ExecCommand
{
    /// <summary>The command.</summary>
    public static Command Create(InstanceOption instance)
    {
        var command = new Command("exec", "run a program in a pod: exec db-1 -- ls /");
        instance.AddTo(command);
        var container = new Option<string?>("--container", "-c") { Description = "the container; the pod's first one where it is left out" };
        var pod = new Argument<string>("pod") { Description = "the pod" };
        var program = new Argument<string[]>("program") { Description = "the program and its arguments", Arity = ArgumentArity.OneOrMore };
        command.Options.Add(container);
        command.Arguments.Add(pod);
        command.Arguments.Add(program);
        command.SetAction(parsed =>
        {
            var lab = instance.Running(parsed);
            var wanted = parsed.GetValue(container);
            var found = lab.Cluster.Pod(parsed.GetValue(pod)!).Containers.FirstOrDefault(one => wanted is null ? !one.Init : one.Name == wanted);
            return found is { Id.Length: > 0 }
                ? RunAsync(lab, found.Id, parsed.GetValue(program)!)
                : throw new CommandException($"container {wanted ?? "(first)"} of {parsed.GetValue(pod)} does not run; {instance.Line("status", parsed)} tells why", CommandException.Failed);
        });
        return command;
    }

    private static async Task<int> RunAsync(LabInstance lab, string container, IReadOnlyList<string> program)
    {
        lab.Podman();
        var start = new ProcessStartInfo("podman", ["exec", "--interactive", $"--tty={!Console.IsInputRedirected}".ToLowerInvariant(), container, .. program]);
        start.Environment["CONTAINERS_CONF"] = lab.Folder.PodmanConfiguration;
        using var process = Process.Start(start) ?? throw new CommandException("podman does not start", CommandException.Failed);
        await process.WaitForExitAsync().ConfigureAwait(false);
        return process.ExitCode;
    }
}
