using System.Text.RegularExpressions;
using Cli.Evaluation;
using Lab.Manifests;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Metrics;

/// <summary>A primary and a replica whose exporters a Prometheus asks. The cluster is made without metrics, and is given them when it runs.</summary>
public sealed partial class MetricsFixture : IAsyncLifetime
{
    private static readonly ServerTerms Plain = ServerTerms.MySql84 with { Durability = global::Infra.MySql.MySqlDurability.SemiSync };
    private static readonly ServerTerms Terms = Plain with { HasMetrics = true };

    private (FaultLab Lab, PrometheusServer Prometheus)? ready;

    /// <summary>How many servers there are.</summary>
    public const int Replicas = 2;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (ready is { } found)
        {
            await found.Prometheus.DisposeAsync();
            await found.Lab.DisposeAsync();
        }
    }

    /// <summary>The cluster, and a Prometheus that has heard of all of it.</summary>
    internal async Task<(FaultLab Lab, PrometheusServer Prometheus)> ReadyAsync(object test)
    {
        if (ready is { } there)
        {
            return there;
        }

        var without = (await Stack.MySqlObjectsAsync(Plain.Settings(Replicas))).AtOnce;
        var lab = await FaultLab.StartAsync(test, Terms, Replicas, change: _ => without);
        var prometheus = new PrometheusServer(InATenthOfTheTime((string)(await RulesAsync())));
        ready = (lab, prometheus);
        var before = lab.Lab.State.Pods.ToDictionary(pod => pod.Name, pod => pod.Uid);
        await lab.ApplyAsync(Replicas);
        await lab.UntilAsync(() => lab.Lab.State.Pods.All(pod => pod.Ready && !pod.Terminating && pod.Uid != before[pod.Name]), "all pods to be made again, with exporters", 180);
        await AsksAsync(lab, prometheus);
        await ClusterWaits.UntilAsync(
            async () => (await prometheus.QueryAsync("mysql_up == 1")).Count == Replicas, () => $"both exporters to be let in\n{lab.Story()}", 60);
        return ready.Value;
    }

    /// <summary>Has Prometheus ask the pods that there are; one that was made again has another address.</summary>
    internal static async Task AsksAsync(FaultLab lab, PrometheusServer prometheus)
    {
        var pods = new List<(string, System.Net.IPEndPoint)>();
        foreach (var pod in lab.Lab.State.Pods)
        {
            pods.Add((pod.Name, await lab.Cluster.EndPointAsync(pod.Name, 9104)));
        }

        prometheus.Asks(pods, Manifest.DefaultNamespace);
    }

    /// <summary>The dashboard of the program, as Grafana would read it.</summary>
    internal static async Task<string> DashboardAsync() => (string)OfKind(await ObjectsAsync(), "ConfigMap", "mysql-dashboard")["data"]!["default-mysql.json"]!;

    private static async Task<string> RulesAsync() => OfKind(await ObjectsAsync(), "PrometheusRule", "mysql")["spec"]!.ToJsonString();

    private static Task<StackObjects> ObjectsAsync() => Stack.MySqlObjectsAsync(Terms.Settings(Replicas));

    private static System.Text.Json.Nodes.JsonObject OfKind(StackObjects objects, string kind, string name) => objects.OnceReady.Single(one => one.Kind == kind && one.Name == name).Body;

    /// <summary>A rule waits for half a minute or some minutes, so that no passing trouble is told; here for seconds, and nothing else is changed.</summary>
    private static string InATenthOfTheTime(string rules) => Duration().Replace(rules, match => $"\"for\":\"{(match.Groups["unit"].Value == "m" ? 60 : 1) * int.Parse(match.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture) / 10}s\"");

    [GeneratedRegex("\"for\":\"(?<number>[0-9]+)(?<unit>[sm])\"")]
    private static partial Regex Duration();
}
