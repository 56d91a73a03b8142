using System.CommandLine;
using System.Diagnostics;
using Cli.Evaluation;
using Cli.Status;
using Lab;
using Lab.Commands;
using Lab.Host;
using Lab.Manifests;

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
            var objects = await StackEvaluation.ObjectsAsync(stack.Read(parsed), ProjectFolder.Passwords(name));
            Console.WriteLine($"stack {name} · on this machine   evaluated in {evaluated.Elapsed.TotalSeconds:0.0} s");
            var lab = StackInstance.Of(name);
            try
            {
                await UpSteps.RunAsync(lab, [.. objects.AtOnce, .. objects.OnceReady.Where(IsThere(lab))], install: !parsed.GetValue(noInstall));
                lab.Cluster.Apply(objects.All);
            }
            catch (HostException unfit)
            {
                throw new ClusterException($"{unfit.Message}\n{Cluster}", unfit.LastLines, unfit);
            }

            Console.WriteLine();
            StatusCommand.Print(await PodRow.AllAsync(lab.Cluster));
            Console.WriteLine();
            foreach (var line in NextSteps.For(name, objects.AtOnce))
            {
                Console.WriteLine(line);
            }

            return 0;
        });
        return command;
    }

    // What an earlier up made when pods were ready stays while this one waits for them.
    private static Func<Manifest, bool> IsThere(LabInstance lab)
    {
        var there = lab.Cluster.Manifests.Select(manifest => (manifest.Kind, manifest.Namespace, manifest.Name)).ToHashSet();
        return manifest => there.Contains((manifest.Kind, manifest.Namespace, manifest.Name));
    }
}
