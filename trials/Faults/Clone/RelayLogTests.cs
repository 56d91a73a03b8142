using Infra.MySql;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>What a replica has received and not yet applied is as good as applied: a client may have heard that it is safe.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class RelayLogTests
{
    private const int Kills = 3;

    [SkippableFact]
    public async Task F38_what_a_killed_replica_had_acknowledged_and_not_applied_outlives_the_primary()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84 with { Durability = MySqlDurability.SemiSync }, 2);
        await lab.SeededAsync();
        for (var round = 0; round < 2; round++)
        {
            await ClusterWaits.UntilAsync(async () => await StatusAsync(lab, "Rpl_semi_sync_source_status") == "ON", () => "the primary to wait for its replica", 60);
            await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA SQL_THREAD;");
            var alone = await StatusAsync(lab, "Rpl_semi_sync_source_no_tx");
            for (var row = 0; row < 5; row++)
            {
                await lab.WriteAsync();
            }

            Assert.Equal(alone, await StatusAsync(lab, "Rpl_semi_sync_source_no_tx"));
            var acknowledged = await lab.Cluster.ContentAsync("mysql-0");
            Assert.NotEqual(acknowledged, await lab.Cluster.ContentAsync("mysql-1"));

            await lab.LoseVolumeAsync("mysql-0");
            for (var kill = 0; kill < Kills; kill++)
            {
                await lab.KillAsync(await lab.RunningAsync("mysql-1", "mysql"));
            }

            await lab.ReadyAsync(2);
            Assert.Equal(acknowledged, await lab.Cluster.ContentAsync("mysql-0"));
            await lab.SeededAsync();
        }
    }

    [SkippableFact]
    public async Task F39_a_torn_relay_log_is_fetched_again_and_not_before_the_primary_answers()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 2);
        await lab.SeededAsync();
        await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA SQL_THREAD;");
        for (var row = 0; row < 5; row++)
        {
            await lab.WriteAsync();
        }

        // After the last whole transaction the server itself cuts off what is torn, also in an earlier relay log. So that one has to follow the damage.
        await lab.ReceivedAsync("mysql-1");
        await lab.Cluster.SqlAsync("mysql-1", "FLUSH LOCAL RELAY LOGS;");
        await lab.WriteAsync();
        await lab.ReceivedAsync("mysql-1");

        // A machine without power leaves holes in what it was writing.
        var running = await lab.RunningAsync("mysql-1", "mysql");
        LabContainer.Freeze(await running.ServerAsync());
        var logs = Directory.EnumerateFiles(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql"), "mysql-relay.0*").Order(StringComparer.Ordinal).ToList();
        await using (var torn = File.OpenWrite(logs[^2]))
        {
            torn.Position = torn.Length - 600;
            await torn.WriteAsync(new byte[200]);
        }

        lab.Lab.BlockName("mysql-0.mysql");
        await lab.KillAsync(running);
        await lab.RunningAsync("mysql-1", "mysql", running.Restarts + 1);
        await SaysReasonAsync(lab, "the applier failed: error 13121");
        // Several rounds of the sidecar.
        await Task.Delay(TimeSpan.FromSeconds(15));
        await SaysReasonAsync(lab, "the applier failed: error 13121");
        Assert.All(logs.TakeLast(2), log => Assert.True(File.Exists(log)));

        lab.Lab.UnblockNames();
        await lab.SaysAsync("mysql-1", "replication", "the relay log cannot be read");
        await lab.SeededAsync();
    }

    private static Task<string> StatusAsync(FaultLab lab, string name) =>
        lab.Cluster.SqlAsync("mysql-0", $"SELECT VARIABLE_VALUE FROM performance_schema.global_status WHERE VARIABLE_NAME = '{name}';");

    private static async Task SaysReasonAsync(FaultLab lab, string reason)
    {
        var said = "";
        await ClusterWaits.UntilAsync(
            async () => (said = (await lab.Cluster.StatusAsync("mysql-1"))["reason"]).Contains(reason, StringComparison.Ordinal), () => $"status to say '{reason}'; it says '{said}'", 60);
    }
}
