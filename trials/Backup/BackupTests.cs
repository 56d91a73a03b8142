using System.Globalization;
using Lab.State;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Backup;

/// <summary>A cluster is backed up while it is written to, all of it but the store is lost, and another one begins from the backup.</summary>
[Trait("level", "lab")]
public sealed class BackupTests
{
    [SkippableFact]
    [Trait("quick", "yes")]
    public async Task What_a_backup_has_of_a_cluster_that_is_lost_is_what_a_new_one_begins_with()
    {
        await using var lab = await LabTestCluster.StartAsync(this);
        await BackupTrial.ApplyAsync(lab, BackupTrial.Settings(BackupTrial.Lost, 2, backup: new { store = new { storage = "1Gi" } }));
        var (log, rows) = await BackUpUnderWritesAsync(lab);
        var id = BackupTrial.Id(log);
        // A replica gave it, and the primary had no more to do than ever.
        Assert.Contains(log, line => line.Contains($"done: backup {id} from mysql-1.mysql in ", StringComparison.Ordinal));
        Assert.Contains(await BackupTrial.ListAsync(lab), line => line.StartsWith($"{id}  good ", StringComparison.Ordinal));
        var identity = await lab.SqlAsync("mysql-0", "SELECT id FROM mysql.cluster_identity;");

        // Pods, Secret and ConfigMaps are gone, and the new system has claims of its own; the store alone is left.
        await lab.ApplyAsync([.. lab.Cluster.Manifests.Where(one => one.Kind == "PersistentVolumeClaim" && one.Name == BackupTrial.Store)]);
        await lab.PodsAsync(pods => pods.Count == 0, "no pod to be left");
        await BackupTrial.ApplyAsync(lab, BackupTrial.Settings(BackupTrial.Restored, 2, restore: new { system = BackupTrial.Lost, backup = "latest", store = new { claim = BackupTrial.Store } }), BackupTrial.Store);
        await lab.SameDataAsync(BackupTrial.Restored, 2);

        Assert.Equal(rows, await lab.SqlAsync("again-0", "SELECT COUNT(*), MIN(id), MAX(id) FROM shop.orders;"));
        Assert.NotEqual(identity, await lab.SqlAsync("again-0", "SELECT id FROM mysql.cluster_identity;"));
        Assert.Equal("once", await lab.SqlAsync("again-1", "SELECT note FROM shop.notes;"));

        // Of data that are there it keeps its hands off.
        var before = (await lab.PodsAsync()).Where(pod => pod.Name.StartsWith("again-", StringComparison.Ordinal) && pod.Name.Length == 7).Select(pod => pod.Uid).ToList();
        await BackupTrial.ApplyAsync(lab, BackupTrial.Settings(BackupTrial.Restored, 2, restore: new { system = BackupTrial.Lost, backup = id, store = new { claim = BackupTrial.Store } }), BackupTrial.Store, ready: false);
        await ClusterWaits.UntilAsync(
            () => Task.FromResult(lab.Cluster.State.Jobs.Any(job => job.Phase == JobState.Failed || job.Message.Contains("REFUSED", StringComparison.Ordinal))), () => "the second restore to be refused", 240);
        Assert.Equal(before, (await lab.PodsAsync()).Where(pod => pod.Name.StartsWith("again-", StringComparison.Ordinal) && pod.Name.Length == 7).Select(pod => pod.Uid));
        Assert.Equal(rows, await lab.SqlAsync("again-0", "SELECT COUNT(*), MIN(id), MAX(id) FROM shop.orders;"));
    }

    /// <summary>Only one client writes, a row a transaction and in order, so that the transactions of the backup say how many rows it has.</summary>
    private static async Task<(IReadOnlyList<string> Log, string Rows)> BackUpUnderWritesAsync(LabTestCluster lab)
    {
        await BackupTrial.MakeTablesAsync(lab);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('once');");
        var before = BackupTrial.Last(await lab.SqlAsync("mysql-0", "SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');"));
        await using var client = BackupTrial.Writer(lab);
        var log = new List<string>();
        var job = await lab.Cluster.RunCronJobAsync("mysql-backup", TimeSpan.FromMinutes(8), (_, line) => log.Add(line));
        await client.StopAsync();
        Assert.True(job.Phase == JobState.Complete, $"{job.Phase}: {job.Message}\n{string.Join('\n', log)}");
        var executed = Assert.Single(log, line => line.Contains(" is good: ", StringComparison.Ordinal)).Split("transactions ")[1];
        var rows = BackupTrial.Last(executed) - before;
        Assert.InRange(rows, 1, client.Count - 1);
        return (log, string.Create(CultureInfo.InvariantCulture, $"{rows}\t1\t{rows}"));
    }
}
