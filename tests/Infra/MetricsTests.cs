using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.MySql.Profiles;
using Xunit;

namespace Tests.Infra;

/// <summary>What a cluster registers for its metrics.</summary>
[Collection("deployment")]
public sealed class MetricsTests
{
    [Theory]
    [InlineData(MySqlProfiles.MySql57, "--config.my-cnf=/mnt/metrics/my.cnf")]
    [InlineData(MySqlProfiles.MySql84, "--config.my-cnf=/mnt/metrics/my.cnf --collect.heartbeat --collect.heartbeat.database=mysql --collect.heartbeat.table=own_transactions")]
    public async Task The_exporter_has_its_option_file_and_nothing_else_of_the_pod(string profile, string arguments)
    {
        var exporter = Container(await EngineOf(new MySqlClusterArgs { Profile = profile, Metrics = new() }), "metrics");
        Assert.Equal(arguments, string.Join(' ', exporter["args"]!.AsArray()));
        Json.Equal("""[{ "name": "metrics", "mountPath": "/mnt/metrics", "readOnly": true }]""", exporter["volumeMounts"]);
        Json.Equal("""[{ "name": "metrics", "containerPort": 9104 }]""", exporter["ports"]);
        Json.Equal("""{ "requests": { "cpu": "20m", "memory": "32Mi" } }""", exporter["resources"]);
        Json.Equal(
            """
            {
              "runAsNonRoot": true, "runAsUser": 65534, "runAsGroup": 65534, "readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false,
              "capabilities": { "drop": ["ALL"] }, "seccompProfile": { "type": "RuntimeDefault" }
            }
            """,
            exporter["securityContext"]);
        Assert.Null(exporter["env"]);
        Assert.Null(exporter["readinessProbe"]);
    }

    /// <summary>The collector reads what the sidecar makes.</summary>
    [Fact]
    public void The_view_has_one_name() => Assert.Contains("VIEW mysql.own_transactions AS", EmbeddedFile.Read("Scripts/Words84/accounts.sh"), StringComparison.Ordinal);

    [Fact]
    public async Task Those_that_keep_its_user_and_file_are_told_of_it_and_the_Secret_has_its_password()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Metrics = new() });
        Assert.All(["init-mysql", "replication"], name => Assert.Contains("metrics", Json.Names(Container(engine, name)["volumeMounts"])));
        Assert.All(["clone-mysql", "mysql"], name => Assert.DoesNotContain("metrics", Json.Names(Container(engine, name)["volumeMounts"])));
        Assert.All(["init-mysql", "replication"], name => Assert.Equal("9104", (string?)Json.Item(Container(engine, name)["env"], "METRICS_PORT")["value"]));
        Assert.NotNull(engine.Only("Secret")["stringData"]!["metrics-password"]);
    }

    [Fact]
    public async Task Without_metrics_there_is_nothing_of_them()
    {
        var engine = await EngineOf(new MySqlClusterArgs());
        Assert.DoesNotContain("metrics", engine.Only("StatefulSet").ToJsonString(), StringComparison.OrdinalIgnoreCase);
        Assert.Null(engine.Only("Secret")["stringData"]!["metrics-password"]);
        Assert.Empty(engine.All("PodMonitor"));
    }

    [Fact]
    public async Task A_PodMonitor_finds_the_pods_and_their_port()
    {
        var monitor = (await EngineOf(new MySqlClusterArgs { Namespace = "shop", Metrics = new() { Labels = new() { ["release"] = "prometheus" } } })).Only("PodMonitor");
        Assert.Equal(("monitoring.coreos.com/v1", "shop", "db"), ((string?)monitor["apiVersion"], (string?)monitor["metadata"]!["namespace"], (string?)monitor["metadata"]!["name"]));
        Assert.Equal("prometheus", (string?)monitor["metadata"]!["labels"]!["release"]);
        Json.Equal(
            """
            {
              "selector": { "matchLabels": { "app": "db", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "database" } },
              "podMetricsEndpoints": [{ "port": "metrics", "path": "/metrics", "interval": "15s" }]
            }
            """,
            monitor["spec"]);
    }

    [Fact]
    public async Task Each_of_the_three_can_be_left_out()
    {
        var none = await EngineOf(new MySqlClusterArgs { Metrics = new() { PodMonitor = false, Rules = false, Dashboard = false } });
        Assert.Equal((0, 0, 3), (none.All("PodMonitor").Count, none.All("PrometheusRule").Count, none.All("ConfigMap").Count));
        Assert.NotNull(Container(none, "metrics"));
        var rules = await EngineOf(new MySqlClusterArgs { Metrics = new() { PodMonitor = false, Dashboard = false } });
        Assert.Equal((0, 1, 3), (rules.All("PodMonitor").Count, rules.All("PrometheusRule").Count, rules.All("ConfigMap").Count));
    }

    [Fact]
    public async Task The_rules_and_the_dashboard_speak_of_this_cluster()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Namespace = "shop", Replicas = 5, MaxLagSeconds = 7, Metrics = new() });
        Assert.DoesNotContain("@", engine.Only("PrometheusRule")["spec"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("(count(mysql_up{namespace='shop',pod=~'db-[0-9]+'}) or vector(0)) < 5", Expression(engine, "MySqlServerMissing"));
        Assert.EndsWith("> 7", Expression(engine, "MySqlReplicationLagging"), StringComparison.Ordinal);
        var dashboard = engine.Named("ConfigMap", "db-dashboard");
        Assert.Equal("1", (string?)dashboard["metadata"]!["labels"]!["grafana_dashboard"]);
        Assert.Equal("MySQL db (shop)", (string?)JsonNode.Parse((string)dashboard["data"]!["shop-db.json"]!)!["title"]);
    }

    [Fact]
    public async Task Where_readers_may_be_however_old_a_lag_of_five_minutes_is_told() => Assert.EndsWith(
        "> 300", Expression(await EngineOf(new MySqlClusterArgs { MaxLagSeconds = 0, Metrics = new() }), "MySqlReplicationLagging"), StringComparison.Ordinal);

    private static string Expression(Engine engine, string alert) =>
        (string)engine.Only("PrometheusRule")["spec"]!["groups"]![0]!["rules"]!.AsArray().Single(rule => (string?)rule!["alert"] == alert)!["expr"]!;

    private static JsonObject Container(Engine engine, string name)
    {
        var pod = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        return pod["initContainers"]!.AsArray().Concat(pod["containers"]!.AsArray()).OfType<JsonObject>().Single(container => (string?)container["name"] == name);
    }

    private static async Task<Engine> EngineOf(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }
}
