namespace Trials.Clients;

/// <summary>Something that is done again and again, beside everything else, until it is stopped.</summary>
internal sealed class RepeatedWork : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task work;

    /// <summary>Starts it.</summary>
    /// <param name="round">What is done; its token says that it is to end.</param>
    /// <param name="pause">How long between two rounds.</param>
    public RepeatedWork(Func<CancellationToken, Task> round, TimeSpan pause) => work = Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            await round(stop.Token);
            await Task.Delay(pause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    });

    /// <summary>Ends it, after the round that is under way. What a round did not expect comes out here.</summary>
    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await work;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
