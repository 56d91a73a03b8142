using System.Diagnostics;
using System.Globalization;
using Lab;
using Lab.Manifests;
using MySqlConnector;
using Trials.Instances;

namespace Trials.Soak;

/// <summary>Random faults against three servers that are written to and read from.</summary>
/// <param name="lab">The instance, without pods.</param>
/// <param name="evaluate">The stack's objects with that many connections allowed.</param>
/// <param name="tell">Called with a line for each thing that happens.</param>
internal sealed class SoakRun(TemporaryLab lab, Func<int, Task<IReadOnlyList<Manifest>>> evaluate, Action<string> tell)
{
    private const int Replicas = 3;
    private const int FirstConnections = 151;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan NoticeLimit = TimeSpan.FromSeconds(30);

    private readonly List<(Fault Fault, double SecondsToReady)> recoveries = [];

    /// <summary>Runs it: no fault begins after the time is up.</summary>
    /// <param name="seed">Decides which faults come when.</param>
    /// <param name="time">How long, from the moment that the servers are ready.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<SoakReport> RunAsync(int seed, TimeSpan time, CancellationToken cancel)
    {
        var servers = MySqlServers.Of(await evaluate(FirstConnections), Replicas);
        lab.Cluster.Apply(servers.Manifests);
        await lab.ReadyAsync(Limit, cancel);
        await using var client = await SoakClient.StartAsync(lab, servers, cancel);
        tell($"{Replicas} servers are ready, written to and read from; seed {seed}");
        var report = new SoakReport { Seed = seed, Recoveries = recoveries, Acknowledged = 0, Reads = default };
        var current = "before the first fault";
        try
        {
            var injection = new FaultInjection(lab, servers, evaluate, (host, token) => client.OpenAsync(host, null, token));
            var watch = Stopwatch.StartNew();
            foreach (var fault in FaultPlan.From(seed, Replicas).TakeWhile(fault => watch.Elapsed + fault.Pause < time))
            {
                current = $"step {fault.Step}, {fault}";
                await Task.Delay(fault.Pause, cancel);
                recoveries.Add((fault, await RecoverAsync(injection, fault, cancel)));
                tell(string.Create(CultureInfo.InvariantCulture, $"{current}: ready again after {recoveries[^1].SecondsToReady:0.0} s, {client.Count} rows written"));
            }

            current = "the final comparison";
            await client.StopAsync();
            report = report with { Servers = await ServerData.CompareAsync(client, servers.Identity.Hosts, Limit, cancel), Missing = await MissingAsync(client, servers, cancel), EventsByServer = await EventsAsync(client, servers, cancel) };
        }
        catch (ClusterException failure)
        {
            report = report with { Failure = [$"seed {seed}, {current}: {failure.Message}", .. failure.LastLines.Select(line => $"  {line}")] };
            tell(report.Failure[0]);
        }

        return report with { Acknowledged = client.Count, Reads = client.Reads };
    }

    private async Task<double> RecoverAsync(FaultInjection injection, Fault fault, CancellationToken cancel)
    {
        var noticed = await injection.InjectAsync(fault, cancel);
        var watch = Stopwatch.StartNew();
        await lab.UntilAsync("the controller to notice", noticed, NoticeLimit, cancel);
        await lab.ReadyAsync(Limit, cancel);
        var seconds = watch.Elapsed.TotalSeconds;
        await injection.TidyAsync(fault, cancel);
        return seconds;
    }

    private static async Task<IReadOnlyList<long>> MissingAsync(SoakClient client, MySqlServers servers, CancellationToken cancel)
    {
        var missing = client.Acknowledged.ToHashSet();
        await ReadAsync(client, servers, $"SELECT id FROM {SoakClient.Table}", row => missing.Remove(row.GetInt64(0)), cancel);
        return [.. missing.Order()];
    }

    private static async Task<IReadOnlyDictionary<long, long>> EventsAsync(SoakClient client, MySqlServers servers, CancellationToken cancel)
    {
        var events = new Dictionary<long, long>();
        await ReadAsync(client, servers, $"SELECT server, COUNT(*) FROM {SoakClient.Events} GROUP BY server", row => events.Add(row.GetInt64(0), row.GetInt64(1)), cancel);
        return events;
    }

    private static async Task ReadAsync(SoakClient client, MySqlServers servers, string statement, Action<MySqlDataReader> read, CancellationToken cancel)
    {
        try
        {
            await using var connection = await client.OpenAsync(servers.Identity.PrimaryHost, Limit, cancel);
            await using var command = new MySqlCommand(statement, connection);
            await using var rows = await command.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
            {
                read(rows);
            }
        }
        catch (MySqlException failure)
        {
            throw new ClusterException($"the primary does not answer: {failure.Message}", inner: failure);
        }
    }
}
