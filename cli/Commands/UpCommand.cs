using System.CommandLine;
using System.Diagnostics;
using Cli.Evaluation;
using Cli.Status;
using Lab;
using Lab.Commands;
using Lab.Host;

namespace Cli.Commands;

/// <summary>Brings a stack up on this machine. A cluster is the business of <c>pulumi up</c>.</summary>
internal static class UpCommand
{
    private const string Cluster = "A stack runs on any cluster, too, by pulumi up: the README's \"On a real cluster\" has the three lines for kind.";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("up", "bring the stack up on this machine, in the lab; a cluster is pulumi up");
        var stack = new StackOptions(command);
        var noInstall = new Option<bool>("--no-install") { Description = "stop where packages are missing, and say which" };
        command.Options.Add(noInstall);
        command.SetAction(async parsed =>
        {
            var evaluated = Stopwatch.StartNew();
            var name = stack.Name(parsed);
            // Wrong settings end here, before anything is installed or changed.
            var manifests = await StackEvaluation.ManifestsAsync(stack.Read(parsed), ProjectFolder.Passwords(name));
            Console.WriteLine($"stack {name} · on this machine   evaluated in {evaluated.Elapsed.TotalSeconds:0.0} s");
            var lab = StackInstance.Of(name);
            try
            {
                await UpSteps.RunAsync(lab, manifests, install: !parsed.GetValue(noInstall));
            }
            catch (HostException unfit)
            {
                throw new ClusterException($"{unfit.Message}\n{Cluster}", unfit.LastLines, unfit);
            }

            Console.WriteLine();
            StatusCommand.Print(await PodRow.AllAsync(lab.Cluster));
            Console.WriteLine();
            foreach (var line in NextSteps.For(name, manifests))
            {
                Console.WriteLine(line);
            }

            return 0;
        });
        return command;
    }
}
