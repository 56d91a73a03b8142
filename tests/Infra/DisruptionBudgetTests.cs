using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Xunit;

namespace Tests.Infra;

/// <summary>One pod at a time is taken away, of every component.</summary>
[Collection("deployment")]
public sealed class DisruptionBudgetTests
{
    [Fact]
    public async Task One_server_at_most_is_away() => Json.Equal(
        """
        {
          "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow",
          "selector": { "matchLabels": { "app": "db", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "database" } }
        }
        """,
        (await RunAsync(() => new MySqlCluster("db", new MySqlClusterArgs()))).Only("PodDisruptionBudget")["spec"]);

    /// <summary>A budget that kept the only pod would keep its node from ever being drained.</summary>
    [Fact]
    public async Task The_only_pod_may_be_taken_away() =>
        Json.Equal("1", (await RunAsync(() => new OrderedWorkload("one", SmallWorkload.Args()))).Only("PodDisruptionBudget")["spec"]!["maxUnavailable"]);

    [Fact]
    public async Task It_goes_by_the_sets_name()
    {
        var meta = (await RunAsync(() => new WebCluster("pages", new WebClusterArgs { Service = "nginx", Namespace = "shop" }))).Only("PodDisruptionBudget")["metadata"]!;
        Assert.Equal(("pages", "shop"), (meta["name"]!.GetValue<string>(), meta["namespace"]!.GetValue<string>()));
    }

    [Fact]
    public async Task It_can_be_left_out()
    {
        var args = SmallWorkload.Args();
        args.DisruptionBudget = false;
        foreach (var make in (Func<Resource>[])
        [
            () => new MySqlCluster("db", new MySqlClusterArgs { DisruptionBudget = false }), () => new WebCluster("pages", new WebClusterArgs { DisruptionBudget = false }),
            () => new OrderedWorkload("small", args),
        ])
        {
            Assert.Empty((await RunAsync(make)).All("PodDisruptionBudget"));
        }
    }

    private static async Task<Engine> RunAsync(Func<Resource> make)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { make(); });
        return engine;
    }
}
