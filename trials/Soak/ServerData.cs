using System.Globalization;

namespace Trials.Soak;

/// <summary>What a server holds at the end.</summary>
/// <param name="Host">The server.</param>
/// <param name="Rows">How many rows; nothing where it does not answer.</param>
/// <param name="Checksum">What <c>CHECKSUM TABLE</c> says of them, or why it does not answer.</param>
internal sealed record ServerData(string Host, long? Rows, string Checksum)
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

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
        var answer = await client.QueryAsync(host, "SELECT COUNT(*) FROM soak.writes; CHECKSUM TABLE soak.writes;", cancel);
        return answer.Succeeded && answer.StandardOutput.Split('\n') is [var rows, var checksum, ..]
            ? new ServerData(host, long.Parse(rows, CultureInfo.InvariantCulture), checksum.Split('\t')[^1])
            : new ServerData(host, null, answer.StandardError.Trim());
    }
}
