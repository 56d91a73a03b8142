using Infra.MySql;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults;

/// <summary>A change reaches one server after the other, each when the one before it has everything, and the primary when it may.</summary>
public abstract class RollBehaviour
{
    private const string Rows = "SELECT COUNT(*) FROM faults.later;";

    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    [SkippableFact]
    public async Task F44_a_replica_that_was_restarted_is_ready_when_it_has_what_it_missed_and_the_primary_follows_when_told()
    {
        // Within the limit for lag a replica serves readers whatever it lacks; that is not enough for the roll to go on.
        var held = Terms with { MaxLagSeconds = 900, PrimaryUpdate = MySqlPrimaryUpdate.Manual };
        await using var lab = await FaultLab.StartAsync(this, held, 2);
        await lab.SeededAsync();
        await lab.Cluster.SqlAsync("mysql-1", $"{Terms.StopReplication}; {Terms.Delay(600)} {Terms.StartReplication};");
        await lab.WriteAsync();
        var (primary, replica) = (lab.Lab.Pod("mysql-0").Uid, lab.Lab.Pod("mysql-1").Uid);

        await lab.ApplyAsync(held with { MaxConnections = 99 }, 2);
        await lab.UntilAsync(() => lab.Lab.FindPod("mysql-1") is { } now && now.Uid != replica, "mysql-1 to be made again");
        await lab.UntilAsync(() => lab.Container("mysql-1", "mysql") is { Status: "Running", Started: true }, "the server of mysql-1 to answer");
        var reason = "";
        await ClusterWaits.UntilAsync(
            async () => (reason = (await lab.Cluster.StatusAsync("mysql-1")).GetValueOrDefault("reason", "")).Contains("has not yet had", StringComparison.Ordinal),
            () => $"mysql-1 to say that it has not caught up; it says '{reason}'",
            30);
        Assert.Equal("1", await lab.Cluster.SqlAsync("mysql-1", Rows));
        Assert.False(lab.Lab.Pod("mysql-1").Ready);
        await lab.Cluster.SqlAsync("mysql-1", $"{Terms.StopReplication}; {Terms.Delay(0)} {Terms.StartReplication};");
        await lab.ReadinessAsync("mysql-1", ready: true);
        Assert.Equal("2", await lab.Cluster.SqlAsync("mysql-1", Rows));

        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(primary, lab.Lab.Pod("mysql-0").Uid);
        Assert.Equal(("151", "99"), (await MaxConnectionsAsync(lab, "mysql-0"), await MaxConnectionsAsync(lab, "mysql-1")));

        replica = lab.Lab.Pod("mysql-1").Uid;
        await lab.ApplyAsync(held with { MaxConnections = 99, PrimaryUpdate = MySqlPrimaryUpdate.Auto }, 2);
        await lab.UntilAsync(() => lab.Lab.FindPod("mysql-0") is { } now && now.Uid != primary, "mysql-0 to be made again");
        await lab.SeededAsync();
        Assert.Equal("99", await MaxConnectionsAsync(lab, "mysql-0"));
        Assert.Equal(replica, lab.Lab.Pod("mysql-1").Uid);
    }

    private static Task<string> MaxConnectionsAsync(FaultLab lab, string pod) => lab.Cluster.SqlAsync(pod, "SELECT @@global.max_connections;");
}
