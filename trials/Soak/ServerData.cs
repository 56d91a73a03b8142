using System.Globalization;
using Lab;
using MySqlConnector;

namespace Trials.Soak;

/// <summary>What a server holds at the end.</summary>
/// <param name="Host">The server.</param>
/// <param name="Rows">How many rows; nothing where it does not answer.</param>
/// <param name="Checksum">What <c>CHECKSUM TABLE</c> says of them, or why it does not answer.</param>
internal sealed record ServerData(string Host, long? Rows, string Checksum)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500), AnswerLimit = TimeSpan.FromMinutes(1);

    /// <summary>Asks all servers until they hold the same, or the time is up.</summary>
    public static async Task<IReadOnlyList<ServerData>> CompareAsync(SoakClient client, IEnumerable<string> hosts, TimeSpan limit, CancellationToken cancel)
    {
        var until = DateTimeOffset.UtcNow + limit;
        while (true)
        {
            var all = await Task.WhenAll(hosts.Select(host => AskAsync(client, host, cancel)));
            if (Same(all) || DateTimeOffset.UtcNow > until)
            {
                return all;
            }

            await Task.Delay(Period, cancel);
        }
    }

    /// <summary>Whether all answer and hold the same.</summary>
    public static bool Same(IReadOnlyCollection<ServerData> servers) =>
        servers.All(server => server.Rows is not null) && servers.Select(server => (server.Rows, server.Checksum)).Distinct().Count() == 1;

    private static async Task<ServerData> AskAsync(SoakClient client, string host, CancellationToken cancel)
    {
        try
        {
            await using var connection = await client.OpenAsync(host, AnswerLimit, cancel);
            await using var count = new MySqlCommand($"SELECT COUNT(*) FROM {SoakClient.Table}", connection);
            var rows = Convert.ToInt64(await count.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
            await using var sum = new MySqlCommand($"CHECKSUM TABLE {SoakClient.Table}", connection);
            await using var answer = await sum.ExecuteReaderAsync(cancel);
            await answer.ReadAsync(cancel);
            return new ServerData(host, rows, $"{answer["Checksum"]}");
        }
        catch (Exception away) when (away is MySqlException or ClusterException)
        {
            return new ServerData(host, null, away.Message);
        }
    }
}
