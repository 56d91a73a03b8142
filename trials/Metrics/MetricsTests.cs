using System.Text.Json.Nodes;
using Lab.Manifests;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Metrics;

/// <summary>
/// A real Prometheus asks real exporters of a cluster that is broken in one way after the other: what the rules say of it within a minute, and no more when it
/// is mended. The times that rules wait are a tenth of their own.
/// </summary>
[Trait("level", "lab")]
[Trait("suite", "metrics")]
public sealed class MetricsTests(MetricsFixture fixture) : IClassFixture<MetricsFixture>
{
    [SkippableFact]
    public async Task A_sound_cluster_raises_no_alert_and_fills_every_panel_of_its_dashboard()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        var queries = JsonNode.Parse(await MetricsFixture.DashboardAsync())!["panels"]!.AsArray()
            .SelectMany(panel => panel!["targets"]!.AsArray().Select(target => (Panel: (string)panel["title"]!, Query: ((string)target!["expr"]!).Replace("$__rate_interval", "10s", StringComparison.Ordinal))))
            .ToList();
        // Volumes are a kubelet's to measure, and there is none here.
        Assert.Equal(["Volumes, used"], queries.Where(one => one.Query.Contains("kubelet_", StringComparison.Ordinal)).Select(one => one.Panel));
        foreach (var (panel, query) in queries.Where(one => !one.Query.Contains("kubelet_", StringComparison.Ordinal)))
        {
            await ClusterWaits.UntilAsync(async () => (await prometheus.QueryAsync(query)).Count > 0, () => $"the panel '{panel}' to show something: {query}", 30);
        }

        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task The_exporters_user_may_do_no_more_than_it_needs_from_its_own_pod_and_three_times_at_once()
    {
        var (lab, _) = await fixture.ReadyAsync(this);
        Assert.Equal(
            """
            GRANT PROCESS, REPLICATION CLIENT ON *.* TO `metrics`@`127.0.0.1`
            GRANT SERVICE_CONNECTION_ADMIN ON *.* TO `metrics`@`127.0.0.1`
            GRANT SELECT ON `mysql`.`gtid_executed` TO `metrics`@`127.0.0.1`
            GRANT SELECT ON `mysql`.`own_transactions` TO `metrics`@`127.0.0.1`
            GRANT SELECT ON `performance_schema`.`global_variables` TO `metrics`@`127.0.0.1`
            """,
            await lab.Cluster.SqlAsync("mysql-1", "SHOW GRANTS FOR 'metrics'@'127.0.0.1';"));
        Assert.Equal("3", await lab.Cluster.SqlAsync("mysql-1", "SELECT max_user_connections FROM mysql.user WHERE User = 'metrics';"));
    }

    [SkippableFact]
    public async Task A_rotated_password_reaches_server_and_exporters_without_a_restart()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        var before = lab.Lab.State.Pods.ToDictionary(pod => pod.Name, pod => pod.Uid);
        await lab.ApplyAsync(MetricsFixture.Replicas, manifests => [.. manifests.Select(Rotated)]);
        foreach (var pod in before.Keys)
        {
            await lab.SaysAsync(pod, "replication", "the exporter of metrics has the Secret's new password");
        }

        await QuietAsync(lab, prometheus);
        Assert.Equal(before, lab.Lab.State.Pods.ToDictionary(pod => pod.Name, pod => pod.Uid));
    }

    [SkippableFact]
    public async Task F18_replication_that_is_stopped()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA;");
        await FiresAsync(lab, prometheus, "MySqlReplicationStopped", "mysql-1");
        await lab.Cluster.SqlAsync("mysql-1", "START REPLICA;");
        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task F18_replication_that_fails()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        await lab.WriteAsync();
        await lab.Cluster.SqlAsync(
            "mysql-0",
            "CREATE TABLE IF NOT EXISTS faults.clash (id INT PRIMARY KEY); SET SESSION sql_log_bin = 0; INSERT INTO faults.clash VALUES (1); SET SESSION sql_log_bin = 1;"
            + "DELETE FROM faults.clash;");
        await FiresAsync(lab, prometheus, "MySqlReplicationBroken", "mysql-1");
        await lab.Cluster.SqlAsync("mysql-1", $"{lab.Terms.SkipTransaction} START REPLICA;");
        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task F19_a_replica_that_lags()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        await lab.WriteAsync();
        await lab.Cluster.SameDataAsync(FaultLab.Set, MetricsFixture.Replicas);
        var locked = lab.Cluster.SqlAsync("mysql-1", "LOCK TABLES faults.later READ; SELECT SLEEP(15);");
        await ClusterWaits.UntilAsync(
            async () => (await lab.Cluster.SqlAsync("mysql-1", "SHOW PROCESSLIST;")).Contains("SELECT SLEEP", StringComparison.Ordinal), () => "the table to be locked", 15);
        await lab.WriteAsync();
        await FiresAsync(lab, prometheus, "MySqlReplicationLagging", "mysql-1");
        await locked;
        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task Semi_sync_that_has_fallen_back()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA IO_THREAD;");
        await lab.WriteAsync();
        await FiresAsync(lab, prometheus, "MySqlSemiSyncFallenBack", "mysql-0");
        await lab.Cluster.SqlAsync("mysql-1", "START REPLICA;");
        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task A_primary_that_hangs_and_two_of_them()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        var server = await (await lab.RunningAsync("mysql-0", "mysql")).ServerAsync();
        LabContainer.Freeze(server);
        try
        {
            await FiresAsync(lab, prometheus, "MySqlServerDown", "mysql-0");
            await FiresAsync(lab, prometheus, "MySqlPrimaryMissing");
        }
        finally
        {
            LabContainer.Thaw(server);
        }

        await QuietAsync(lab, prometheus);
        await lab.Cluster.SqlAsync("mysql-1", "SET GLOBAL read_only = OFF;");
        await FiresAsync(lab, prometheus, "MySqlTwoPrimaries");
        await lab.Cluster.SqlAsync("mysql-1", "SET GLOBAL super_read_only = ON;");
        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task Connections_that_are_used_up_do_not_keep_the_exporter_out()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        await lab.Cluster.SqlAsync("mysql-0", "SET GLOBAL max_connections = 1;");
        await FiresAsync(lab, prometheus, "MySqlConnectionsNearlyUsedUp", "mysql-0");
        Assert.Equal(MetricsFixture.Replicas, (await prometheus.QueryAsync("mysql_up == 1")).Count);
        // By the administrative port, as there is no connection left at the other.
        var (code, said) = await lab.Cluster.ExecAsync("mysql-0", "mysql", "bash", "-c", "bash /mnt/scripts/sql.sh 127.0.0.1 <<<'SET GLOBAL max_connections = 151;' 2>&1");
        Assert.Equal((0, ""), (code, said));
        await QuietAsync(lab, prometheus);
    }

    [SkippableFact]
    public async Task F17_F33_a_replica_that_somebody_wrote_on_and_that_lacks_a_binary_log_until_it_is_seeded_again()
    {
        var (lab, prometheus) = await fixture.ReadyAsync(this);
        await lab.Cluster.SqlAsync("mysql-1", "SET GLOBAL super_read_only = OFF; CREATE DATABASE strange; SET GLOBAL super_read_only = ON;");
        await FiresAsync(lab, prometheus, "MySqlErrantTransactions", "mysql-1");

        await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA;");
        await lab.WriteAsync();
        await lab.Cluster.PurgeAsync("mysql-0");
        await lab.Cluster.SqlAsync("mysql-1", "START REPLICA;");
        await FiresAsync(lab, prometheus, "MySqlReplicationBroken", "mysql-1");

        await lab.ReseedAsync("mysql-1");
        await lab.SeededAsync(MetricsFixture.Replicas);
        await MetricsFixture.AsksAsync(lab, prometheus);
        await QuietAsync(lab, prometheus);
    }

    private static Manifest Rotated(Manifest manifest)
    {
        if (manifest.Kind == "Secret")
        {
            manifest.Body["stringData"]!["metrics-password"] = "A-new.one_of-12-letters";
        }

        return manifest;
    }

    private static Task FiresAsync(FaultLab lab, PrometheusServer prometheus, string alert, string? pod = null) => ClusterWaits.UntilAsync(
        async () => (await prometheus.QueryAsync($"ALERTS{{alertstate='firing',alertname='{alert}'{(pod is null ? "" : $",pod='{pod}'")}}}")).Count > 0,
        () => $"{alert} to fire{(pod is null ? "" : $" for {pod}")}\n{lab.Story()}",
        60);

    /// <summary>Waits until nothing is told any more, with both exporters heard of. Semi-sync that has fallen back resumes with a write.</summary>
    private static async Task QuietAsync(FaultLab lab, PrometheusServer prometheus)
    {
        IReadOnlyList<JsonNode> told = [];
        await ClusterWaits.UntilAsync(
            async () =>
            {
                await lab.Cluster.TrySqlAsync("mysql-0", "CREATE DATABASE IF NOT EXISTS faults;");
                told = await prometheus.QueryAsync("ALERTS{alertstate='firing'}");
                return told.Count == 0 && (await prometheus.QueryAsync("mysql_up == 1")).Count == MetricsFixture.Replicas;
            },
            () => $"every alert to end: {string.Join(", ", told)}",
            60);
    }
}
