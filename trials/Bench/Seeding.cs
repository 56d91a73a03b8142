using System.Globalization;
using Lab;
using Lab.Pods;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>Gives a replica its data, and measures it.</summary>
/// <param name="lab">The instance; its primary runs alone.</param>
/// <param name="servers">Its servers.</param>
internal sealed class Seeding(TemporaryLab lab, MySqlServers servers)
{
    private const string Container = "clone-mysql";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>The most memory that its helpers were seen to hold.</summary>
    public PeakMemory Memory { get; } = new(lab, servers.Seeding);

    private string Replica => servers.Identity.Pod(1);

    /// <summary>Seeds ordinal 1 from the primary, and takes it down again with its claim.</summary>
    /// <returns>How long the seeding container ran, from its start to its end: from the first question to the donor to the rename.</returns>
    /// <exception cref="ClusterException">It failed, or needed more than one attempt.</exception>
    public async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        lab.Cluster.Scale(servers.Identity.Name, 2);
        await lab.ReadyAsync(Limit, cancel);
        var took = await ClockAsync(Replica);
        lab.Cluster.Scale(servers.Identity.Name, 1);
        await lab.ReadyAsync(Limit, cancel);
        await lab.RemoveClaimAsync(servers.Claim(1));
        return took;
    }

    /// <summary>Seeds it once more, and looks at the helpers' memory: to look twenty times a second takes time that is not the seeding's.</summary>
    public async Task MeasureMemoryAsync(CancellationToken cancel)
    {
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var looking = Memory.WatchAsync(servers.Identity.Pod(0), Replica, watching.Token);
        try
        {
            await RunAsync(cancel);
        }
        finally
        {
            await watching.CancelAsync();
            await looking;
        }
    }

    // Podman's times are the container's own; the controller learns of an end a moment later.
    private async Task<TimeSpan> ClockAsync(string pod)
    {
        var found = lab.Cluster.Pod(pod);
        if (found.Containers.First(one => one.Name == Container) is { Restarts: > 0 })
        {
            throw new ClusterException($"{pod} needed more than one attempt to be seeded; its time says nothing", [.. lab.Cluster.Logs(pod, Container).TakeLast(10)]);
        }

        var id = await lab.Podman.RunAsync(
            "ps", "--all", "--quiet", "--filter", $"label={ContainerStart.UidLabel}={found.Uid}", "--filter", $"label={ContainerStart.NameLabel}={Container}");
        var times = (await lab.Podman.RunAsync("inspect", "--format", "{{json .State.StartedAt}} {{json .State.FinishedAt}}", id)).Split(' ')
            .Select(time => DateTimeOffset.Parse(time.Trim('"'), CultureInfo.InvariantCulture))
            .ToList();
        return times[1] - times[0];
    }
}
