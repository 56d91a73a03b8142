using System.Diagnostics;
using Cli.Commands;
using Cli.Status;
using Lab;
using Lab.Commands;
using Lab.Controllers;
using Lab.Images;
using Lab.Podman;

namespace Trials.Instances;

/// <summary>An instance of the lab for one run, with its controller in this process; nothing of it stays.</summary>
internal sealed class TemporaryLab : IAsyncDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan SqlLimit = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource stop = new();
    private readonly Task controller;

    private TemporaryLab(LabInstance instance)
    {
        (Folder, Cluster, Podman) = (instance.Folder, instance.Cluster, instance.Podman());
        Images = instance.Images(Podman);
        controller = new ClusterController(Folder, _ => Images).RunAsync(stop.Token);
    }

    /// <summary>The instance's folder.</summary>
    public LabFolder Folder { get; }

    /// <summary>The instance as its users see it.</summary>
    public LabCluster Cluster { get; }

    /// <summary>Podman as the instance uses it.</summary>
    public PodmanClient Podman { get; }

    /// <summary>Where its images come from.</summary>
    public ImageStore Images { get; }

    /// <summary>Starts an instance without pods, after removing what a run that was killed may have left of it.</summary>
    /// <param name="root">The folder that the instance's own is in.</param>
    /// <param name="name">Its name.</param>
    /// <exception cref="CommandException">A run of that name is under way.</exception>
    public static async Task<TemporaryLab> StartAsync(string root, string name)
    {
        var instance = StackInstance.Of(root, name);
        var folder = instance.Folder;
        if (ControllerLock.IsHeld(folder))
        {
            throw new CommandException($"another {name} is under way here ({folder.Id}); it removes what it made when it ends", CommandException.Failed);
        }

        await new LabDown(folder).RunAsync(purge: true, grace: TimeSpan.Zero);
        return new TemporaryLab(instance);
    }

    /// <summary>Waits until everything wanted is ready.</summary>
    /// <exception cref="ClusterException">It is not in time; with the last lines of the container that holds it up.</exception>
    public async Task ReadyAsync(TimeSpan limit, CancellationToken cancel)
    {
        var ready = new ReadyWait(Cluster).RunAsync(limit, cancel: cancel);
        await await Task.WhenAny(ready, controller);
        await ready;
    }

    /// <summary>Waits until something is so.</summary>
    /// <exception cref="ClusterException">It is not in time.</exception>
    public async Task UntilAsync(string what, Func<bool> holds, TimeSpan limit, CancellationToken cancel)
    {
        for (var since = Stopwatch.StartNew(); !holds(); await Task.Delay(LookPeriod, cancel))
        {
            if (controller.IsFaulted)
            {
                await controller;
            }

            if (since.Elapsed > limit)
            {
                throw new ClusterException($"waited {limit.TotalSeconds:0} s for {what}");
            }
        }
    }

    /// <summary>Deletes a pod, and waits until its successor is ready.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="grace">How long it may take to end in order: zero kills it, null is what its template says.</param>
    /// <param name="limit">For how long to wait.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <exception cref="ClusterException">It is not ready in time.</exception>
    public Task RestartAsync(string pod, TimeSpan? grace, TimeSpan limit, CancellationToken cancel)
    {
        var gone = Cluster.DeletePod(pod, grace);
        return UntilAsync($"{pod} to be ready again", () => Cluster.FindPod(pod) is { IsHealthy: true } back && back.Uid != gone.Uid, limit, cancel);
    }

    /// <summary>Runs statements as root on a pod's own server.</summary>
    /// <exception cref="ClusterException">The server does not run, or refuses them.</exception>
    public async Task SqlAsync(string pod, string statements, CancellationToken cancel)
    {
        var result = await Cluster.ExecAsync(pod, MySqlStatus.Container, ["bash", "/mnt/scripts/sql.sh", "127.0.0.1"], statements, SqlLimit, cancel);
        if (!result.Succeeded)
        {
            throw new ClusterException($"{pod} does not take SQL: {result.StandardError.Trim()}");
        }
    }

    /// <summary>Runs a statement as root on a pod's own server, in that server's own words.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="word">The name that the statement has in the scripts of every profile, such as STOP_REPLICA.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ClusterException">The server does not run, or refuses it.</exception>
    public async Task WordAsync(string pod, string word, CancellationToken cancel)
    {
        var statement = await Cluster.ExecAsync(
            pod, MySqlStatus.Container, ["bash", "-c", ". /mnt/scripts/lib.sh; printf '%s' \"${!1}\"", "bash", word], null, SqlLimit, cancel);
        if (!statement.Succeeded)
        {
            throw new ClusterException($"{pod} has no statement {word}: {statement.StandardError.Trim()}");
        }

        await SqlAsync(pod, statement.StandardOutput, cancel);
    }

    /// <summary>Removes a claim whose pod is gone, so that the next pod of its name begins on an empty one.</summary>
    public async Task RemoveClaimAsync(string claim)
    {
        foreach (var one in (await Cluster.ClaimsAsync()).Where(one => one.Name == claim))
        {
            await Podman.RunAsync("volume", "rm", one.Volume);
        }
    }

    /// <summary>Takes it down, with its claims.</summary>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await controller.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await new LabDown(Folder).RunAsync(purge: true, grace: TimeSpan.Zero);
        stop.Dispose();
    }
}
