using Infra.MySql;
using Lab;
using MySqlConnector;
using Trials.Clients;
using Trials.Instances;

namespace Trials.Soak;

/// <summary>A writer to the primary and a reader of the read Service, by the names that the instance's name server knows.</summary>
internal sealed class SoakClient : IAsyncDisposable
{
    /// <summary>The table that is written to.</summary>
    public const string Table = "soak.writes";

    /// <summary>The table into which a scheduled event writes, each second, the id of the server that runs it.</summary>
    public const string Events = "soak.events";

    private const string Database = "soak";

    private const string Ticking =
        $"CREATE TABLE {Events} (at TIMESTAMP(6), server BIGINT); CREATE EVENT soak.tick ON SCHEDULE EVERY 1 SECOND DO INSERT INTO {Events} VALUES (NOW(6), @@global.server_id);";

    private readonly TemporaryLab lab;
    private readonly ClientUser user;
    private readonly InsertingClient writer;
    private readonly ReadingClient reader;

    private SoakClient(TemporaryLab lab, MySqlServers servers, ClientUser user)
    {
        (this.lab, this.user) = (lab, user);
        writer = new InsertingClient(cancel => OpenAsync(servers.Identity.PrimaryHost, null, cancel), Table);
        reader = new ReadingClient(cancel => OpenAsync(ReadService.NameFor(servers.Identity.Name), null, cancel), $"SELECT MAX(id) FROM {Table}");
    }

    /// <summary>Reads that were answered and refused so far.</summary>
    public (int Answered, int Refused) Reads => reader.Reads;

    /// <summary>How many inserts the primary has acknowledged so far.</summary>
    public int Count => writer.Count;

    /// <summary>The numbers of all rows whose insert the primary has acknowledged.</summary>
    public IReadOnlySet<long> Acknowledged => writer.Rows(InsertOutcome.Acknowledged);

    /// <summary>Makes tables, event and user on the primary, and starts to write and read.</summary>
    public static async Task<SoakClient> StartAsync(TemporaryLab lab, MySqlServers servers, CancellationToken cancel)
    {
        var user = new ClientUser("soak", Database);
        await lab.SqlAsync(servers.Identity.Pod(0), $"CREATE DATABASE {Database}; CREATE TABLE {Table} {InsertingClient.Columns}; {user.Creation} {Ticking}", cancel);
        return new SoakClient(lab, servers, user);
    }

    /// <summary>Ends both.</summary>
    public Task StopAsync() => Task.WhenAll(writer.StopAsync(), reader.StopAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await reader.DisposeAsync();
    }

    /// <summary>Connects to a server by a name of the instance, as the writer's user.</summary>
    /// <param name="host">The name.</param>
    /// <param name="answerLimit">How long an answer may take; that of the writer by default.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ClusterException">The name is nobody's now.</exception>
    /// <exception cref="MySqlException">No server answers there.</exception>
    public async Task<MySqlConnection> OpenAsync(string host, TimeSpan? answerLimit, CancellationToken cancel)
    {
        var addresses = await lab.Cluster.ResolveAsync(host, cancel: cancel);
        return addresses.Count == 0
            ? throw new ClusterException($"{host} has no address")
            : await user.OpenAsync(addresses, MySqlPorts.Server.Number, answerLimit, cancel);
    }
}
