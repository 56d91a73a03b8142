using System.CommandLine;
using System.Diagnostics;
using Lab.Cluster;
using Lab.Cluster.Host;
using Lab.Deploy;
using Lab.Evaluation;
using Lab.Manifests;
using Lab.Status;

namespace Lab.Commands;

/// <summary>Brings a stack up: on the cluster with pulumi where both are there, and on this machine otherwise.</summary>
internal static class UpCommand
{
    /// <summary>Half an hour: a pod that seeds much data takes long, and a pod that never becomes ready should not take for ever.</summary>
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromMinutes(30);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("up", "bring the stack up: with pulumi where a cluster answers, on this machine otherwise");
        var stack = new StackOptions(command);
        var local = new Option<bool>("--local") { Description = "on this machine in any case" };
        command.Options.Add(local);
        command.SetAction(async parsed =>
        {
            var evaluated = Stopwatch.StartNew();
            var name = stack.Name(parsed);
            // Wrong settings end here, before anything is installed or changed.
            var manifests = await StackEvaluation.ManifestsAsync(stack.Read(parsed), ProjectFolder.Passwords(name));
            var obstacle = parsed.GetValue(local) ? "asked for" : await PulumiCli.ObstacleAsync();
            if (obstacle is null)
            {
                return await PulumiCli.RunAsync("up", ProjectFolder.Root, name, stack.Assignments(parsed), ProjectFolder.OfStack(name));
            }

            Console.WriteLine($"stack {name} · local ({obstacle})");
            return await LocalAsync(name, manifests, evaluated.Elapsed);
        });
        return command;
    }

    private static async Task<int> LocalAsync(string stack, IReadOnlyList<Manifest> manifests, TimeSpan evaluation)
    {
        await HostPackages.EnsureAsync(line => Console.WriteLine($"install  {line}"));
        var lab = new LocalLab(stack);
        await FetchImagesAsync(lab, manifests);
        await lab.StartControllerAsync();
        var cluster = lab.Cluster;
        foreach (var note in cluster.Apply(manifests))
        {
            Console.WriteLine($"note     {note}");
        }

        Console.WriteLine($"objects  {string.Join(", ", manifests.Select(manifest => manifest.Kind).Distinct())}, in this order   evaluated in {evaluation.TotalSeconds:0.0} s");
        var progress = new UpProgress();
        await new ReadyWait(cluster).RunAsync(ReadyLimit, progress.Show);
        progress.Done();
        Console.WriteLine();
        StatusCommand.Print(await PodRow.AllAsync(cluster));
        Console.WriteLine();
        foreach (var line in NextSteps.For(stack, manifests))
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    private static async Task FetchImagesAsync(LocalLab lab, IReadOnlyList<Manifest> manifests)
    {
        var images = lab.Images(lab.Podman(), line => Console.WriteLine($"images   {line}"));
        foreach (var (image, pullPolicy) in PodContainers.Images(manifests))
        {
            await Waiting.ForAsync($"images   {image}", images.ResolveAsync(image, pullPolicy));
        }
    }
}
