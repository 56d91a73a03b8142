using Xunit;

namespace Trials.Faults;

/// <summary>A primary and its replicas for all tests of a class.</summary>
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

    /// <summary>So many servers, ready and of the same data.</summary>
    internal async Task<FaultLab> ReadyAsync(object test, ServerTerms terms, int replicas)
    {
        lab ??= await FaultLab.StartAsync(test, terms, replicas);
        await lab.ScaleAsync(replicas);
        await lab.SeededAsync(replicas);
        return lab;
    }
}
