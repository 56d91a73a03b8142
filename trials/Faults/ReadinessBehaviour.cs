using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>A replica whose data is not what a reader may expect leaves the read Service and says why.</summary>
public abstract class ReadinessBehaviour(ReplicaFixture fixture)
{
    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    [SkippableFact]
    public async Task F18_a_replica_whose_replication_was_stopped_leaves_the_read_Service_and_says_so()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        foreach (var (thread, reason) in new[] { ("SQL_THREAD", "the applier is stopped"), ("IO_THREAD", "the receiver is stopped") })
        {
            await lab.Cluster.SqlAsync("mysql-1", $"{Terms.StopReplication} {thread};");
            await OutAsync(lab, reason);
            await lab.Cluster.SqlAsync("mysql-1", $"{Terms.StartReplication};");
            await InAsync(lab);
        }
    }

    [SkippableFact]
    public async Task F18_a_replica_whose_applier_fails_leaves_the_read_Service_and_names_the_error()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        // A row that never was in the binary log is deleted through it: the applier does not find it.
        await lab.Cluster.SqlAsync(
            "mysql-0",
            "CREATE TABLE IF NOT EXISTS faults.clash (id INT PRIMARY KEY); SET SESSION sql_log_bin = 0; INSERT INTO faults.clash VALUES (1); SET SESSION sql_log_bin = 1;"
            + "DELETE FROM faults.clash;");
        await OutAsync(lab, "the applier failed: error 1032");

        await lab.Cluster.SqlAsync("mysql-1", $"{Terms.SkipTransaction} {Terms.StartReplication};");
        await InAsync(lab);
    }

    [SkippableFact]
    public async Task F19_a_replica_that_lags_beyond_the_limit_leaves_the_read_Service_until_it_has_caught_up()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        // Held until the test lets go of it, as a slow machine may take longer to see the lag than any sleep would last.
        var holder = lab.Cluster.TrySqlAsync("mysql-1", "LOCK TABLES faults.later READ; SELECT SLEEP(300);");
        var id = "";
        await ClusterWaits.UntilAsync(
            async () => (id = await lab.Cluster.SqlAsync("mysql-1", "SELECT ID FROM INFORMATION_SCHEMA.PROCESSLIST WHERE INFO LIKE 'SELECT SLEEP%';")) != "",
            () => "the table to be locked",
            30);
        await lab.WriteAsync();
        await OutAsync(lab, "s behind the primary, the limit is 3 s");
        await lab.Cluster.SqlAsync("mysql-1", $"KILL {id};");
        await holder;
        await InAsync(lab);
    }

    [SkippableFact]
    public async Task F20_a_primary_that_hangs_leaves_its_replica_ready_for_readers()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        var server = await (await lab.RunningAsync("mysql-0", "mysql")).ServerAsync();
        var since = lab.Lab.Pod("mysql-1").ReadySince;
        LabContainer.Freeze(server);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds(22));
            Assert.True(lab.Lab.Pod("mysql-1").Ready, lab.Story());
            Assert.Equal("yes", (await lab.Cluster.StatusAsync("mysql-1"))["ready"]);
        }
        finally
        {
            LabContainer.Thaw(server);
        }

        await InAsync(lab);
        Assert.Equal(since, lab.Lab.Pod("mysql-1").ReadySince);
    }

    [SkippableFact]
    public async Task F36_a_primary_that_dies_in_mid_transaction_leaves_its_replica_ready_for_readers()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        var primary = await (await lab.RunningAsync("mysql-0", "mysql")).ServerAsync();
        var replica = await (await lab.RunningAsync("mysql-1", "mysql")).ServerAsync();
        // What the replica does not read stays with the primary but for what a connection holds, which is less than all of it.
        LabContainer.Freeze(replica);
        try
        {
            await lab.LoadAsync(64);
            LabContainer.Freeze(primary);
            LabContainer.Thaw(replica);
            await ClusterWaits.UntilAsync(
                async () => (await lab.Cluster.StatusAsync("mysql-1"))["io_running"] == "Connecting", () => "the receiver to notice that the primary is away", 60);
            // By number, as names differ: the file and the position that was read, and those that were executed.
            var fields = (await lab.Cluster.SqlAsync("mysql-1", Terms.ShowReplication)).Split('\t');
            Assert.NotEqual((fields[5], fields[6]), (fields[9], fields[21]));
            await lab.ReadinessAsync("mysql-1", ready: true);
            Assert.Equal("", (await lab.Cluster.StatusAsync("mysql-1"))["reason"]);
        }
        finally
        {
            LabContainer.Thaw(replica);
            LabContainer.Thaw(primary);
        }

        await InAsync(lab);
    }

    [SkippableFact]
    public async Task F17_a_replica_whose_next_binlog_was_purged_is_out_with_the_reason_and_reseeds_only_when_asked()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 2);
        await lab.ScaleAsync(1);
        await lab.WriteAsync();
        await lab.Cluster.PurgeAsync("mysql-0");
        await lab.WriteAsync();

        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync("mysql-1", "clone-mysql", "the volume holds data; nothing to seed");
        await lab.UntilAsync(() => lab.Container("mysql-1", "mysql") is { Status: "Running", Started: true }, "mysqld of mysql-1 to answer");
        await OutAsync(lab, Terms.PurgedReason);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.False(lab.Lab.Pod("mysql-1").Ready);
        Assert.Equal(0, lab.Container("mysql-1", "mysql")!.Restarts);

        await lab.ReseedAsync("mysql-1");
        await lab.SeededAsync();
        Assert.Contains("seeded from mysql-0.mysql", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
    }

    private static async Task OutAsync(FaultLab lab, string reason)
    {
        await lab.ReadinessAsync("mysql-1", ready: false);
        string said = "";
        await ClusterWaits.UntilAsync(
            async () => (said = (await lab.Cluster.StatusAsync("mysql-1"))["reason"]).Contains(reason, StringComparison.Ordinal),
            () => $"status to say '{reason}'; it says '{said}'",
            30);
        await lab.ReadinessAsync("mysql-0", ready: true);
        await lab.Cluster.ResolvesAsync("mysql-0", "mysql", "mysql-read", [lab.Lab.Pod("mysql-0").Address]);
    }

    private static async Task InAsync(FaultLab lab)
    {
        await lab.ReadyAsync(2);
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
        await lab.Cluster.ResolvesAsync("mysql-0", "mysql", "mysql-read", [lab.Lab.Pod("mysql-0").Address, lab.Lab.Pod("mysql-1").Address]);
    }
}
