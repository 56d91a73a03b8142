using System.Diagnostics.CodeAnalysis;
using Lab;
using MySqlConnector;

namespace Trials.Clients;

/// <summary>A client that reads all the time, each time over a connection of its own, and counts the reads that were answered and those that were not.</summary>
internal sealed class ReadingClient : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Func<CancellationToken, Task<MySqlConnection>> connect;
    private readonly string query;
    private readonly RepeatedWork work;
    private int answered;
    private int refused;

    /// <summary>Starts one.</summary>
    /// <param name="connect">Opens a connection to a server that is read from.</param>
    /// <param name="query">What it asks.</param>
    public ReadingClient(Func<CancellationToken, Task<MySqlConnection>> connect, string query)
    {
        (this.connect, this.query) = (connect, query);
        work = new RepeatedWork(ReadAsync, Pause);
    }

    /// <summary>Reads so far.</summary>
    public (int Answered, int Refused) Reads => (Volatile.Read(ref answered), Volatile.Read(ref refused));

    /// <summary>Ends it. What it did not expect comes out here.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => work.DisposeAsync();

    private async Task ReadAsync(CancellationToken stop)
    {
        if (await AnsweredAsync(stop) is { } one)
        {
            Interlocked.Increment(ref one ? ref answered : ref refused);
        }
    }

    // Nothing where the question was taken back.
    [SuppressMessage("Security", "CA2100", Justification = "The query is a constant of the trial's.")]
    private async Task<bool?> AnsweredAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = await connect(stop);
            await using var command = new MySqlCommand(query, connection);
            await command.ExecuteScalarAsync(stop);
            return true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception away) when (away is MySqlException or ClusterException)
        {
            return false;
        }
    }
}
