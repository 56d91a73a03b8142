using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Lab;
using MySqlConnector;

namespace Trials.Clients;

/// <summary>A client that inserts one row after another, whatever happens to it, and keeps account of what it knows of each.</summary>
/// <remarks>A number is used once, also where nothing came of it, so that a row that is there under a number is the one that was sent with it.</remarks>
internal sealed class InsertingClient : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10), Pause = TimeSpan.FromMilliseconds(200);

    private readonly Func<CancellationToken, Task<MySqlConnection>> connect;
    private readonly string table;
    private readonly Lock gate = new();
    private readonly Dictionary<InsertOutcome, HashSet<long>> outcomes = Enum.GetValues<InsertOutcome>().ToDictionary(outcome => outcome, _ => new HashSet<long>());
    private readonly RepeatedWork work;
    private long last;

    /// <summary>Starts one.</summary>
    /// <param name="connect">Opens a connection to the server that is written to.</param>
    /// <param name="table">The table; see <see cref="Columns"/>.</param>
    public InsertingClient(Func<CancellationToken, Task<MySqlConnection>> connect, string table)
    {
        (this.connect, this.table) = (connect, table);
        work = new RepeatedWork(ConnectAndInsertAsync, Pause);
    }

    /// <summary>What a table that it writes to looks like.</summary>
    public static string Columns => "(id BIGINT PRIMARY KEY, body CHAR(64) NOT NULL) ENGINE=InnoDB";

    /// <summary>How many rows were acknowledged so far.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return outcomes[InsertOutcome.Acknowledged].Count;
            }
        }
    }

    /// <summary>The numbers of the rows of which that is known.</summary>
    public IReadOnlySet<long> Rows(InsertOutcome outcome)
    {
        lock (gate)
        {
            return outcomes[outcome].ToHashSet();
        }
    }

    /// <summary>Ends it, after the answer to what it sent last. What it did not expect comes out here.</summary>
    public Task StopAsync() => work.StopAsync();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => work.DisposeAsync();

    private async Task ConnectAndInsertAsync(CancellationToken stop)
    {
        try
        {
            await using var connection = await connect(stop);
            await InsertWhileItWorksAsync(connection, stop);
        }
        catch (Exception away) when (away is MySqlException or ClusterException || (away is OperationCanceledException && stop.IsCancellationRequested))
        {
            // Nothing was sent; the next round tries again.
        }
    }

    private async Task InsertWhileItWorksAsync(MySqlConnection connection, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var outcome = await InsertAsync(connection, ++last);
            lock (gate)
            {
                outcomes[outcome].Add(last);
            }

            if (outcome != InsertOutcome.Acknowledged)
            {
                return;
            }

            await Task.Delay(Pace, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Without a token: what was sent is waited for, so that its fate is known where it can be.
    [SuppressMessage("Security", "CA2100", Justification = "The table is a constant of the trial's.")]
    private async Task<InsertOutcome> InsertAsync(MySqlConnection connection, long number)
    {
        var id = number.ToString(CultureInfo.InvariantCulture);
        await using var command = new MySqlCommand($"INSERT INTO {table} (id, body) VALUES ({id}, SHA2({id}, 256))", connection);
        try
        {
            return await command.ExecuteNonQueryAsync() == 1 ? InsertOutcome.Acknowledged : InsertOutcome.Unknown;
        }
        catch (MySqlException error)
        {
            return InsertFailure.Of(error);
        }
    }
}
