using Xunit;

namespace Tests.Faults;

/// <summary>A primary and one replica for all tests of a class.</summary>
public sealed class ReplicaFixture : IAsyncLifetime
{
    private FaultLab? lab;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (lab is not null)
        {
            await lab.DisposeAsync();
        }
    }

    /// <summary>Both servers, ready and of the same data.</summary>
    internal async Task<FaultLab> PairAsync()
    {
        lab ??= await FaultLab.StartAsync(2);
        await lab.ScaleAsync(2);
        await lab.ReadyAsync(2);
        await lab.WriteAsync();
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
        return lab;
    }
}
