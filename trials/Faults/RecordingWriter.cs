using System.Globalization;
using Infra.MySql;
using MySqlConnector;
using Trials.Clients;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>A client that inserts rows on the primary all the time, and the assertion that what it was told of them is so.</summary>
internal sealed class RecordingWriter : IAsyncDisposable
{
    private const string Database = "faults", Table = "faults.written";

    private const int RowsAtFirst = 20;

    private readonly ICluster cluster;
    private readonly InsertingClient client;

    private RecordingWriter(ICluster cluster, InsertingClient client) => (this.cluster, this.client) = (cluster, client);

    /// <summary>How many rows were acknowledged so far.</summary>
    public int Count => client.Count;

    public static async Task<RecordingWriter> StartAsync(ICluster cluster)
    {
        var user = new ClientUser("writer", Database);
        await cluster.SqlAsync("mysql-0", $"CREATE DATABASE IF NOT EXISTS {Database}; DROP TABLE IF EXISTS {Table}; CREATE TABLE {Table} {InsertingClient.Columns}; {user.Creation}");
        var writer = new RecordingWriter(cluster, new InsertingClient(cancel => OpenAsync(cluster, user, cancel), Table));
        try
        {
            await writer.MoreAsync(RowsAtFirst);
            return writer;
        }
        catch
        {
            await writer.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until so many more rows were acknowledged.</summary>
    public Task MoreAsync(int rows)
    {
        var wanted = Count + rows;
        return ClusterWaits.UntilAsync(() => Task.FromResult(Count >= wanted), () => $"{wanted} acknowledged rows; there were {Count}", 120);
    }

    /// <summary>Stops writing, and asserts that the primary has every acknowledged row and none that it refused, and the replicas what the primary has.</summary>
    public async Task NothingIsMissingAsync(int replicas)
    {
        await client.StopAsync();
        var rows = (await cluster.SqlAsync("mysql-0", $"SELECT id FROM {Table};")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var there = rows.Select(row => long.Parse(row, CultureInfo.InvariantCulture)).ToHashSet();
        var (acknowledged, unknown) = (client.Rows(InsertOutcome.Acknowledged), client.Rows(InsertOutcome.Unknown));
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(there));
        Assert.Empty(there.Except(acknowledged).Except(unknown));
        await cluster.SameDataAsync("mysql", replicas);
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static async Task<MySqlConnection> OpenAsync(ICluster cluster, ClientUser user, CancellationToken cancel)
    {
        var at = await cluster.EndPointAsync("mysql-0", MySqlPorts.Server.Number, cancel);
        return await user.OpenAsync([$"{at.Address}"], at.Port, null, cancel);
    }
}
