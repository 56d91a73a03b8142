using System.CommandLine;
using System.Diagnostics;
using Lab;
using Lab.Commands;
using Lab.Pods;
using Lab.State;

namespace Cli.Commands;

/// <summary>Has a replica of a local cluster throw its data away and fetch it anew.</summary>
internal static class ReseedCommand
{
    /// <summary>The file that asks for it, in the server's data directory.</summary>
    private const string Marker = "/var/lib/mysql/reseed";

    /// <summary>As long as <c>up</c> waits: much data takes long.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("reseed", "have a MySQL replica of the local cluster throw its data away and fetch it anew from another server");
        var instance = new StackInstance();
        instance.AddTo(command);
        var pod = new Argument<string>("pod") { Description = "the replica's pod, such as mysql-1" };
        command.Arguments.Add(pod);
        command.SetAction(async parsed =>
        {
            var cluster = instance.Running(parsed).Cluster;
            var before = cluster.Pod(parsed.GetValue(pod)!);
            ReseedCheck.Require(before, cluster.State.Pods);
            await MarkAsync(cluster, before);
            cluster.DeletePod(PathOf(before));
            await WaitAsync(cluster, before);
        });
        return command;
    }

    /// <summary>Any container that runs can make the file, so that a server that cannot start is no obstacle: its sidecar has the same directory.</summary>
    private static async Task MarkAsync(LabCluster cluster, PodState pod)
    {
        var container = pod.Containers.FirstOrDefault(one => one is { Init: false, Id.Length: > 0 })
            ?? throw new CommandException($"no container of {pod.Name} runs that could be asked; ./dev status tells why", CommandException.Failed);
        var made = await cluster.ExecAsync(PathOf(pod), container.Name, ["touch", Marker]);
        if (!made.Succeeded)
        {
            throw new CommandException($"{Marker} cannot be made in {pod.Name}: {made.StandardError.Trim()}", CommandException.Failed);
        }
    }

    private static async Task WaitAsync(LabCluster cluster, PodState before)
    {
        var waiting = new Waiting();
        var watch = Stopwatch.StartNew();
        while (cluster.FindPod(PathOf(before)) is not { IsHealthy: true } now || now.Uid == before.Uid)
        {
            if (watch.Elapsed > Limit)
            {
                waiting.Clear();
                throw TooLate(cluster, before);
            }

            waiting.Show(Progress(cluster.FindPod(PathOf(before)), before, watch.Elapsed));
            await Task.Delay(LookPeriod);
        }

        waiting.Clear();
        Console.WriteLine($"{before.Set,-8} {before.Name} is seeded again and ready after {watch.Elapsed.TotalSeconds:0} s");
    }

    private static string Progress(PodState? now, PodState before, TimeSpan waited)
    {
        var successor = now is not null && now.Uid != before.Uid ? PodProgress.Of(now, DateTimeOffset.UtcNow) : null;
        var detail = successor is { Detail.Length: > 0 } ? $"   {successor.Detail}" : string.Empty;
        return $"{before.Set,-8} {before.Name} {successor?.Step ?? "ending"}   {waited.TotalSeconds:0} s{detail}";
    }

    private static ClusterException TooLate(LabCluster cluster, PodState before)
    {
        var blocking = cluster.FindPod(PathOf(before))?.Containers.FirstOrDefault(container => !container.Ready);
        return new ClusterException(
            $"{before.Name} is not ready again after {Limit.TotalMinutes:0} min; ./dev status tells why",
            blocking is null ? [] : ContainerLog.Tail(blocking.Log, 10));
    }

    private static string PathOf(PodState pod) => $"{pod.Namespace}/{pod.Name}";
}
