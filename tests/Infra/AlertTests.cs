using System.Globalization;
using System.Text.Json;
using Infra.MySql;
using Lab.Processes;
using Trials.Metrics;
using Xunit;

namespace Tests.Infra;

/// <summary>Every alert by promtool: silent while all is well, told when its trouble has lasted, alone or with what follows from it, and ended after it.</summary>
[Collection("deployment")]
public sealed class AlertTests : IDisposable
{
    private const string Pod0 = "namespace='shop',pod='db-0'";
    private const string Pod1 = "namespace='shop',pod='db-1'";
    private const string Volume = "namespace='shop',persistentvolumeclaim='data-db-1'";

    /// <summary>When the trouble begins and ends, in minutes; samples are taken every quarter of one.</summary>
    private const int Begins = 10;
    private const int Ends = 40;

    /// <summary>A cluster of two as its exporters show it, semi-synchronous, with a kubelet and kube-state-metrics beside it.</summary>
    private static readonly Dictionary<string, string> Sound = new()
    {
        [$"mysql_up{{{Pod0}}}"] = "1",
        [$"mysql_up{{{Pod1}}}"] = "1",
        [$"up{{{Pod1},container='metrics'}}"] = "1",
        [$"mysql_global_variables_read_only{{{Pod0}}}"] = "0",
        [$"mysql_global_variables_read_only{{{Pod1}}}"] = "1",
        [$"mysql_slave_status_replica_io_running{{{Pod1}}}"] = "1",
        [$"mysql_slave_status_replica_sql_running{{{Pod1}}}"] = "1",
        [$"mysql_slave_status_last_io_errno{{{Pod1}}}"] = "0",
        [$"mysql_slave_status_last_sql_errno{{{Pod1}}}"] = "0",
        [$"mysql_slave_status_seconds_behind_source{{{Pod1}}}"] = "30",
        [$"mysql_heartbeat_stored_timestamp_seconds{{{Pod0},server_id='1'}}"] = "5000",
        [$"mysql_heartbeat_stored_timestamp_seconds{{{Pod1},server_id='1'}}"] = "0",
        [$"mysql_global_status_rpl_semi_sync_source_status{{{Pod0}}}"] = "1",
        [$"mysql_global_status_rpl_semi_sync_source_status{{{Pod1}}}"] = "0",
        [$"mysql_global_variables_rpl_semi_sync_source_enabled{{{Pod0}}}"] = "1",
        [$"mysql_global_variables_rpl_semi_sync_source_enabled{{{Pod1}}}"] = "1",
        [$"mysql_global_status_threads_connected{{{Pod0}}}"] = "90",
        [$"mysql_global_variables_max_connections{{{Pod0}}}"] = "100",
        // A hundred days, as the time of these tests begins in 1970.
        [$"mysql_global_status_ssl_server_not_after{{{Pod0}}}"] = "8640000",
        [$"kube_pod_init_container_status_restarts_total{{{Pod1},container='clone-mysql'}}"] = "0",
        [$"kubelet_volume_stats_available_bytes{{{Volume}}}"] = "20",
        [$"kubelet_volume_stats_capacity_bytes{{{Volume}}}"] = "100",
        // Another cluster of the namespace, in trouble of its own.
        ["mysql_up{namespace='shop',pod='db-other-0'}"] = "0",
        ["mysql_slave_status_last_sql_errno{namespace='shop',pod='other-db-1'}"] = "1032",
    };

    private static readonly string[] RuleFiles = ["rules.json"];

    private readonly TemporaryFolder folder = new();

    /// <summary>The metric that shows a trouble with what it shows then, how long that has to last in minutes, and what is told.</summary>
    public static TheoryData<string, string, double, string> Troubles => new()
    {
        { $"mysql_up{{{Pod1}}}", "0", 1, "MySqlServerDown db-1" },
        { $"mysql_up{{{Pod1}}}", "_", 11, "MySqlServerMissing " },
        { $"up{{{Pod1},container='metrics'}}", "0", 1, "MySqlServerDown db-1" },
        { $"mysql_global_variables_read_only{{{Pod0}}}", "1", 1, "MySqlPrimaryMissing " },
        { $"mysql_global_variables_read_only{{{Pod0}}}", "_", 6, "MySqlPrimaryMissing " },
        { $"mysql_global_variables_read_only{{{Pod1}}}", "0", 1, "MySqlTwoPrimaries " },
        { $"mysql_slave_status_last_sql_errno{{{Pod1}}}", "1032", 1, "MySqlReplicationBroken db-1" },
        { $"mysql_slave_status_last_io_errno{{{Pod1}}}", "1236", 1, "MySqlReplicationBroken db-1" },
        { $"mysql_slave_status_last_io_errno{{{Pod1}}}", "2003", 1, "" },
        { $"mysql_slave_status_replica_io_running{{{Pod1}}}", "0", 1, "MySqlReplicationStopped db-1" },
        { $"mysql_slave_status_replica_sql_running{{{Pod1}}}", "0", 1, "MySqlReplicationStopped db-1" },
        { $"mysql_slave_status_seconds_behind_source{{{Pod1}}}", "31", 1, "MySqlReplicationLagging db-1" },
        { $"mysql_heartbeat_stored_timestamp_seconds{{{Pod1},server_id='1'}}", "1", 0.25, "MySqlErrantTransactions db-1" },
        { $"mysql_global_status_rpl_semi_sync_source_status{{{Pod0}}}", "0", 1, "MySqlSemiSyncFallenBack db-0" },
        { $"kube_pod_init_container_status_restarts_total{{{Pod1},container='clone-mysql'}}", "3", 1, "MySqlSeedingStuck db-1" },
        { $"kubelet_volume_stats_available_bytes{{{Volume}}}", "9", 1, "MySqlDiskNearlyFull data-db-1" },
        { $"mysql_global_status_threads_connected{{{Pod0}}}", "91", 1, "MySqlConnectionsNearlyUsedUp db-0" },
        { $"mysql_global_status_ssl_server_not_after{{{Pod0}}}", "1200000", 11, "MySqlCertificateEndsSoon db-0" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Troubles))]
    public async Task A_trouble_is_told_while_it_lasts(string metric, string value, double lasts, string told)
    {
        // What a restarting container has counted stays; so does what fell within the last hour.
        var ends = metric.StartsWith("kube_pod", StringComparison.Ordinal) ? Ends + 61 : metric.Contains("available", StringComparison.Ordinal) ? Ends + 90 : Ends + 6;
        Assert.True(Sound.ContainsKey(metric), metric);
        var series = Sound.ToDictionary(pair => pair.Key, pair => pair.Key == metric ? Values(pair.Value, value) : Steady(pair.Value));
        await AssertAsync(series, (Begins - 1, ""), (Begins + lasts, told), (ends, ""));
    }

    [Fact]
    public async Task A_primary_that_is_away_is_told_and_not_that_its_replica_waits_for_it()
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        foreach (var metric in series.Keys.Where(key => key.Contains(Pod0, StringComparison.Ordinal) && key != $"mysql_up{{{Pod0}}}").ToList())
        {
            series[metric] = Values(Sound[metric], "_");
        }

        series[$"mysql_up{{{Pod0}}}"] = Values("1", "0");
        series[$"mysql_slave_status_replica_io_running{{{Pod1}}}"] = Values("1", "0");
        series[$"mysql_slave_status_last_io_errno{{{Pod1}}}"] = Values("0", "2003");
        await AssertAsync(series, (Begins - 1, ""), (Begins + 6.5, "MySqlPrimaryMissing \nMySqlServerDown db-0"), (Ends + 2, ""));
    }

    [Fact]
    public async Task A_primary_that_is_alone_waits_for_no_replica_and_that_is_no_trouble()
    {
        var series = Sound.Where(pair => !pair.Key.Contains(Pod1, StringComparison.Ordinal)).ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        series[$"mysql_global_status_rpl_semi_sync_source_status{{{Pod0}}}"] = Steady("0");
        await AssertAsync(1, series, (Ends, ""));
    }

    [Fact]
    public async Task A_replica_both_of_whose_threads_are_stopped_is_told_once()
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        series[$"mysql_slave_status_replica_io_running{{{Pod1}}}"] = Values("1", "0");
        series[$"mysql_slave_status_replica_sql_running{{{Pod1}}}"] = Values("1", "0");

        await AssertAsync(series, (Begins - 1, ""), (Begins + 1, "MySqlReplicationStopped db-1"), (Ends + 1, ""));
    }

    [Fact]
    public async Task A_volume_that_is_full_in_four_hours_is_told()
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        // From 45 of 100 on a quarter of one each minute; it is full in three hours.
        series[$"kubelet_volume_stats_available_bytes{{{Volume}}}"] = "45-0.0625x80 40+0x1000";
        await AssertAsync(series, (5, ""), (15, "MySqlDiskFullSoon data-db-1"), (150, ""));
    }

    [Fact]
    public async Task The_file_is_one_of_rules_and_each_says_how_grave_it_is_and_where_to_read_on()
    {
        var checkedRules = await PromtoolAsync("check", "rules", await RulesAsync());
        Assert.True(checkedRules.Succeeded && checkedRules.StandardOutput.Contains("SUCCESS: 14 rules found", StringComparison.Ordinal), checkedRules.StandardOutput + checkedRules.StandardError);
        var handbook = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "metrics.md"));
        var withBackups = await PromtoolAsync("check", "rules", await RulesAsync(backups: true));
        Assert.True(withBackups.Succeeded && withBackups.StandardOutput.Contains("SUCCESS: 16 rules found", StringComparison.Ordinal), withBackups.StandardOutput + withBackups.StandardError);
        var withArchive = await PromtoolAsync("check", "rules", await RulesAsync(backups: true, archive: true));
        Assert.True(withArchive.Succeeded && withArchive.StandardOutput.Contains("SUCCESS: 17 rules found", StringComparison.Ordinal), withArchive.StandardOutput + withArchive.StandardError);
        using var rules = JsonDocument.Parse(EmbeddedFile.Read("Metrics/rules.json"));
        using var ofBackups = JsonDocument.Parse(EmbeddedFile.Read("Metrics/backup-rules.json"));
        using var ofArchive = JsonDocument.Parse(EmbeddedFile.Read("Metrics/archive-rules.json"));
        Assert.All(new[] { rules, ofBackups, ofArchive }.SelectMany(file => file.RootElement.GetProperty("groups")[0].GetProperty("rules").EnumerateArray()), rule =>
        {
            var name = rule.GetProperty("alert").GetString()!;
            Assert.True(rule.GetProperty("labels").GetProperty("severity").GetString() is "critical" or "warning", name);
            Assert.Equal($"docs/metrics.md, {name}", rule.GetProperty("annotations").GetProperty("runbook").GetString());
            Assert.Contains($"| `{name}` |", handbook, StringComparison.Ordinal);
        });
    }

    /// <summary>The series of a CronJob and its last Job: what it shows in seconds, and whether the Job failed; which alerts there are after two hours, the time being two hours as well.</summary>
    [Theory]
    [InlineData(100, 50, 0, "")]
    [InlineData(100, 200, 1, "MySqlBackupFailed ")]
    [InlineData(300, 200, 1, "")]
    [InlineData(-100000, 50, 0, "MySqlBackupTooOld ")]
    [InlineData(-100000, 50, 1, "MySqlBackupFailed \nMySqlBackupTooOld ")]
    public async Task A_backup_that_failed_or_is_too_old_is_told(int succeeded, int started, int failed, string told)
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        series["kube_cronjob_status_last_successful_time{namespace='shop',cronjob='db-backup'}"] = Steady($"{succeeded}");
        series["kube_cronjob_created{namespace='shop',cronjob='db-backup'}"] = Steady("1");
        series["kube_job_status_start_time{namespace='shop',job_name='db-backup-1'}"] = Steady($"{started}");
        series["kube_job_status_failed{namespace='shop',job_name='db-backup-1'}"] = Steady($"{failed}");
        // Of another system, in trouble of its own.
        series["kube_cronjob_status_last_successful_time{namespace='shop',cronjob='other-db-backup'}"] = Steady("-1000000");
        await AssertAsync(2, series, [(120, told)], backups: true);
    }

    /// <summary>One that only looked is no backup that failed, and one by hand that is good is one.</summary>
    [Theory]
    [InlineData("db-look-x7k2p", 200, 1, 0, "")]
    [InlineData("db-backup-run-x7k2p", 200, 1, 0, "MySqlBackupFailed ")]
    [InlineData("db-backup-run-x7k2p", 200, 0, 300, "")]
    public async Task A_Job_by_hand_counts_where_it_makes_a_backup(string job, int started, int failed, int completed, string told)
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        series["kube_cronjob_status_last_successful_time{namespace='shop',cronjob='db-backup'}"] = Steady("100");
        series[$"kube_job_status_start_time{{namespace='shop',job_name='{job}'}}"] = Steady($"{started}");
        series[$"kube_job_status_failed{{namespace='shop',job_name='{job}'}}"] = Steady($"{failed}");
        if (completed > 0)
        {
            series[$"kube_job_status_completion_time{{namespace='shop',job_name='{job}'}}"] = Steady($"{completed}");
            series["kube_job_status_start_time{namespace='shop',job_name='db-backup-29000000'}"] = Steady("150");
            series["kube_job_status_failed{namespace='shop',job_name='db-backup-29000000'}"] = Steady("1");
        }

        await AssertAsync(2, series, [(120, told)], backups: true);
    }

    [Fact]
    public async Task A_backup_by_hand_is_as_fresh_as_one_by_the_clock()
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        series["kube_cronjob_status_last_successful_time{namespace='shop',cronjob='db-backup'}"] = Steady("-100000");
        series["kube_job_status_completion_time{namespace='shop',job_name='db-backup-run-x7k2p'}"] = Steady("100");
        await AssertAsync(2, series, [(120, "")], backups: true);
    }

    /// <summary>What its set shows before the trouble and in it, of which nothing is its absence; and where nobody collects what sets show, nothing is told.</summary>
    [Theory]
    [InlineData("1", "0", "2", "MySqlArchiveBehind ")]
    [InlineData("1", "_", "2", "MySqlArchiveBehind ")]
    [InlineData("1", "1", "2", "")]
    [InlineData("_", "_", "_", "")]
    public async Task An_archive_that_is_not_ready_is_told(string before, string then, string servers, string told)
    {
        var series = Sound.ToDictionary(pair => pair.Key, pair => Steady(pair.Value));
        series["kube_statefulset_status_replicas_ready{namespace='shop',statefulset='db-archive'}"] = before == "_" ? "_x1000" : Values(before, then);
        series["kube_statefulset_replicas{namespace='shop',statefulset='db'}"] = servers == "_" ? "_x1000" : Steady(servers);
        // Of another system, in trouble of its own.
        series["kube_statefulset_replicas{namespace='shop',statefulset='other-db'}"] = Steady("2");
        series["kube_statefulset_status_replicas_ready{namespace='shop',statefulset='other-db-archive'}"] = Steady("0");
        // A metric that is gone is taken for what it was for five minutes.
        var stale = then == "_" ? 5 : 0;
        await AssertAsync(2, series, [(Begins - 1, ""), (Begins + stale + 4.5, ""), (Begins + stale + 5.5, told), (Ends + 1, "")], backups: true, archive: true);
    }

    private static string Steady(string value) => $"{value}+0x1000";

    private static string Values(string sound, string troubled) => $"{sound}+0x{(Begins * 4) - 1} {(troubled == "_" ? "_" : $"{troubled}+0")}x{((Ends - Begins) * 4) - 1} {sound}+0x1000";

    private async Task<string> RulesAsync(int replicas = 2, bool backups = false, bool archive = false)
    {
        var engine = new Engine();
        var backup = backups ? new MySqlBackupArgs { Store = new() { Claim = "kept" }, Archive = archive ? new() : null } : null;
        await engine.RunAsync(() => { _ = new MySqlCluster("db", new MySqlClusterArgs { Namespace = "shop", Replicas = replicas, Metrics = new(), Backup = backup }); });
        folder.Write("rules.json", engine.Only("PrometheusRule")["spec"]!.ToJsonString());
        return Path.Combine(folder.Root, "rules.json");
    }

    /// <param name="series">What there is of each metric.</param>
    /// <param name="told">At which minute which alerts are told, sorted, a line each with the pod or claim.</param>
    private Task AssertAsync(Dictionary<string, string> series, params (double Minute, string Alerts)[] told) => AssertAsync(2, series, told);

    private Task AssertAsync(int replicas, Dictionary<string, string> series, params (double Minute, string Alerts)[] told) => AssertAsync(replicas, series, told, backups: false);

    private async Task AssertAsync(int replicas, Dictionary<string, string> series, (double Minute, string Alerts)[] told, bool backups, bool archive = false)
    {
        await RulesAsync(replicas, backups, archive);
        folder.Write("test.json", JsonSerializer.Serialize(new
        {
            rule_files = RuleFiles,
            evaluation_interval = "15s",
            tests = new[]
            {
                new
                {
                    interval = "15s",
                    input_series = series.Select(pair => new { series = pair.Key, values = pair.Value }),
                    promql_expr_test = told.Select(one => new
                    {
                        expr = "sum by (alertname, pod, persistentvolumeclaim) (ALERTS{alertstate='firing'})",
                        eval_time = string.Create(CultureInfo.InvariantCulture, $"{one.Minute * 60}s"),
                        exp_samples = one.Alerts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(alert => new { labels = Labels(alert.Split(' ')), value = 1 }),
                    }),
                },
            },
        }));
        var tried = await PromtoolAsync("test", "rules", Path.Combine(folder.Root, "test.json"));
        Assert.True(tried.Succeeded, tried.StandardOutput + tried.StandardError);
    }

    private static string Labels(string[] words) => words[1].Length == 0
        ? $"{{alertname='{words[0]}'}}"
        : $"{{alertname='{words[0]}', {(words[1].StartsWith("data-", StringComparison.Ordinal) ? "persistentvolumeclaim" : "pod")}='{words[1]}'}}";

    private static Task<CommandResult> PromtoolAsync(params string[] arguments) => new CommandRunner().RunAsync(new Command(PrometheusTools.Promtool, arguments));
}
