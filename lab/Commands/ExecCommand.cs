using System.CommandLine;
using System.Diagnostics;

namespace Lab.Commands;

/// <summary>Runs a program in a container of a local cluster, with this terminal.</summary>
internal static class ExecCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("exec", "run a program in a pod of the local cluster: exec mysql-1 -- ls /var/lib/mysql");
        var stack = new StackOptions(command, settings: false);
        var container = new Option<string?>("--container", "-c") { Description = "the container; the pod's first one where it is left out" };
        var pod = new Argument<string>("pod") { Description = "the pod" };
        var program = new Argument<string[]>("program") { Description = "the program and its arguments", Arity = ArgumentArity.OneOrMore };
        command.Options.Add(container);
        command.Arguments.Add(pod);
        command.Arguments.Add(program);
        command.SetAction(async parsed =>
        {
            var lab = new LocalLab(stack.Name(parsed));
            var wanted = parsed.GetValue(container);
            var found = lab.Running().Pod(parsed.GetValue(pod)!).Containers.FirstOrDefault(one => wanted is null ? !one.Init : one.Name == wanted);
            if (found is not { Id.Length: > 0 })
            {
                throw new CommandException($"container {wanted ?? "(first)"} of {parsed.GetValue(pod)} does not run; ./dev status tells why", CommandException.Failed);
            }

            return await RunAsync(lab, found.Id, parsed.GetValue(program)!);
        });
        return command;
    }

    private static async Task<int> RunAsync(LocalLab lab, string container, IReadOnlyList<string> program)
    {
        lab.Podman();
        var start = new ProcessStartInfo("podman", ["exec", "--interactive", $"--tty={!Console.IsInputRedirected}".ToLowerInvariant(), container, .. program]);
        start.Environment["CONTAINERS_CONF"] = lab.Folder.PodmanConfiguration;
        using var process = Process.Start(start) ?? throw new CommandException("podman does not start", CommandException.Failed);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
