using System.Globalization;
using Lab;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>A client that inserts rows on the primary all the time, whatever happens to it, and records each one that was acknowledged.</summary>
internal sealed class RecordingWriter : IAsyncDisposable
{
    private const int RowsAConnection = 20;

    private readonly ICluster cluster;
    private readonly CancellationTokenSource stop = new();
    private readonly SortedSet<long> acknowledged = [];
    private readonly Task writing;

    private RecordingWriter(ICluster cluster)
    {
        this.cluster = cluster;
        writing = WriteAsync();
    }

    /// <summary>How many rows were acknowledged so far.</summary>
    public int Count
    {
        get
        {
            lock (acknowledged)
            {
                return acknowledged.Count;
            }
        }
    }

    public static async Task<RecordingWriter> StartAsync(ICluster cluster)
    {
        await cluster.SqlAsync(
            "mysql-0",
            "CREATE DATABASE IF NOT EXISTS faults; DROP TABLE IF EXISTS faults.written;"
            + "CREATE TABLE faults.written (id BIGINT PRIMARY KEY, body CHAR(64)) ENGINE=InnoDB;");
        var writer = new RecordingWriter(cluster);
        await writer.MoreAsync(RowsAConnection);
        return writer;
    }

    /// <summary>Waits until so many more rows were acknowledged.</summary>
    public Task MoreAsync(int rows)
    {
        var wanted = Count + rows;
        return ClusterWaits.UntilAsync(() => Task.FromResult(Count >= wanted), () => $"{wanted} acknowledged rows; there were {Count}", 120);
    }

    /// <summary>Stops writing, and asserts that the primary has every acknowledged row and the replicas have what the primary has.</summary>
    public async Task NothingIsMissingAsync(int replicas)
    {
        await DisposeAsync();
        var rows = (await cluster.SqlAsync("mysql-0", "SELECT id FROM faults.written;")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var there = rows.Select(row => long.Parse(row, CultureInfo.InvariantCulture)).ToHashSet();
        Assert.NotEmpty(acknowledged);
        Assert.DoesNotContain(acknowledged, id => !there.Contains(id));
        await cluster.SameDataAsync("mysql", replicas);
    }

    public async ValueTask DisposeAsync()
    {
        if (!stop.IsCancellationRequested)
        {
            await stop.CancelAsync();
            await writing;
        }
    }

    // A row counts once the client has printed its number, which it does after the insert was acknowledged. A number is used once, so that a row
    // whose fate is unknown stays out of the record.
    private async Task WriteAsync()
    {
        for (long next = 1; !stop.IsCancellationRequested; next += RowsAConnection)
        {
            var statements = string.Join('\n', Enumerable.Range(0, RowsAConnection).Select(i =>
                string.Create(CultureInfo.InvariantCulture, $"INSERT INTO faults.written VALUES ({next + i}, SHA2({next + i}, 256)); SELECT {next + i};")));
            var output = await TryAsync(statements);
            lock (acknowledged)
            {
                acknowledged.UnionWith(output.Split('\n').Select(line => long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Where(id => id > 0));
            }

            if (output.Length == 0)
            {
                await Task.Delay(200);
            }
        }
    }

    private async Task<string> TryAsync(string statements)
    {
        try
        {
            return (await cluster.TrySqlAsync("mysql-0", statements, "mysql-0.mysql")).Output;
        }
        catch (ClusterException)
        {
            // The pod is away; the next round tries again.
            return "";
        }
    }
}
