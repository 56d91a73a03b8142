using Lab.Manifests;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>One cluster of three servers for all tests of a class; brought up under writes.</summary>
public sealed class PodFaultFixture : IAsyncLifetime
{
    public const int Replicas = 3;

    private Func<string, int, Task<IReadOnlyList<Manifest>>>? manifests;
    private ICluster? cluster;

    /// <summary>What the third server's seeding said, while the first two were under writes.</summary>
    public string ChainLog { get; private set; } = "";

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }
    }

    /// <summary>The cluster, all of its servers ready.</summary>
    /// <param name="start">Makes one, once.</param>
    /// <param name="stack">The objects for a namespace and so many servers.</param>
    public async Task<ICluster> ReadyAsync(Func<Task<ICluster>> start, Func<string, int, Task<IReadOnlyList<Manifest>>> stack)
    {
        if (cluster is null)
        {
            cluster = await start();
            manifests = stack;
            await ScaleAsync(1);
            await using var writer = await RecordingWriter.StartAsync(cluster);
            await ScaleAsync(Replicas);
            ChainLog = await cluster.LogAsync("mysql-2", "clone-mysql");
            await writer.NothingIsMissingAsync(Replicas);
        }

        await ScaleAsync(Replicas);
        return cluster;
    }

    /// <summary>Asks for so many servers, and waits until they are there and ready.</summary>
    public async Task ScaleAsync(int replicas)
    {
        await cluster!.ApplyAsync(await manifests!(cluster.NamespaceName, replicas));
        await cluster.ReadyAsync("mysql", replicas, 240);
    }
}
