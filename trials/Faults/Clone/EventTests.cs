using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Events are the primary's to run, whichever server it has its data from.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class EventTests
{
    [SkippableFact]
    public async Task F37_an_event_runs_on_the_primary_alone_and_goes_on_when_that_comes_back_from_a_replica()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 2);
        await lab.Cluster.SqlAsync(
            "mysql-0",
            "CREATE DATABASE faults; CREATE TABLE faults.ticks (id INT AUTO_INCREMENT PRIMARY KEY, event CHAR(16), server CHAR(36));"
            + "CREATE USER 'job'@'%'; GRANT EVENT, INSERT ON faults.* TO 'job'@'%';" + Ticking("copied"));
        var lost = await UuidAsync(lab);

        // The copy holds an event that is enabled; the later ones come by replication.
        await lab.ReseedAsync("mysql-1");
        await FollowsAsync(lab);
        await lab.Cluster.SqlAsync("mysql-0", Ticking("replicated") + Ticking("stopped") + "ALTER DEFINER = 'job'@'%' EVENT faults.stopped DISABLE;");
        await ClusterWaits.UntilAsync(
            async () => (await lab.Cluster.TrySqlAsync("mysql-1", "SELECT name FROM mysql.disabled_events;")).Output.Trim() == "stopped",
            () => "the replica to know which event a person disabled",
            120);
        await FollowsAsync(lab);

        await lab.LoseVolumeAsync("mysql-0");
        await lab.SaysAsync("mysql-0", "clone-mysql", "taking the data of mysql-1.mysql");
        await lab.ReadyAsync(2);
        var back = await UuidAsync(lab);
        Assert.NotEqual(lost, back);
        await ClusterWaits.UntilAsync(
            async () => await lab.Cluster.SqlAsync("mysql-0", $"SELECT DISTINCT event FROM faults.ticks WHERE server = '{back}' ORDER BY 1;") == "copied\nreplicated",
            () => "both events to go on on the primary that came back",
            30);
        Assert.Equal(
            "copied ENABLED job@%\nreplicated ENABLED job@%\nstopped DISABLED job@%",
            await lab.Cluster.SqlAsync("mysql-0", "SELECT CONCAT_WS(' ', EVENT_NAME, STATUS, DEFINER) FROM information_schema.EVENTS ORDER BY 1;"));

        await lab.ReseedAsync("mysql-1");
        await FollowsAsync(lab);
        await lab.Cluster.SqlAsync("mysql-0", "DROP EVENT faults.copied; DROP EVENT faults.replicated;");
        await lab.SeededAsync();
        Assert.Equal(
            string.Join('\n', new[] { lost, back }.Order(StringComparer.Ordinal)), await lab.Cluster.SqlAsync("mysql-0", "SELECT DISTINCT server FROM faults.ticks ORDER BY 1;"));
    }

    private static string Ticking(string name) =>
        $"CREATE DEFINER = 'job'@'%' EVENT faults.{name} ON SCHEDULE EVERY 1 SECOND DO INSERT INTO faults.ticks (event, server) VALUES ('{name}', @@server_uuid);";

    private static Task<string> UuidAsync(FaultLab lab) => lab.Cluster.SqlAsync("mysql-0", "SELECT @@server_uuid;");

    // The replica has what the primary had, and nothing that the primary has not.
    private static async Task FollowsAsync(FaultLab lab)
    {
        await lab.ReadyAsync(2);
        var primary = await ExecutedAsync(lab, "mysql-0");
        Assert.Equal("0", await lab.Cluster.SqlAsync("mysql-1", $"SELECT WAIT_FOR_EXECUTED_GTID_SET('{primary}', 30);"));
        var replica = await ExecutedAsync(lab, "mysql-1");
        Assert.Equal("", await lab.Cluster.SqlAsync("mysql-0", $"SELECT GTID_SUBTRACT('{replica}', @@global.gtid_executed);"));
    }

    private static Task<string> ExecutedAsync(FaultLab lab, string pod) => lab.Cluster.SqlAsync(pod, "SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');");
}
