using System.Globalization;
using Lab.Processes;
using Lab.State;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Backup;

/// <summary>What was written after a backup is archived, all of the cluster but the store is lost, and other ones begin from a point in time and from a transaction.</summary>
[Trait("level", "lab")]
public sealed class ArchiveTests
{
    private const string Archive = "mysql-archive", Now = "SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ');";

    [SkippableFact]
    public async Task A_restore_has_exactly_what_was_committed_up_to_a_time_or_a_transaction()
    {
        await using var lab = await LabTestCluster.StartAsync(this);
        await StartAsync(lab);
        var backup = await BackUpAsync(lab);

        // Everything after the backup is in the archive alone; the archiver is killed in the midst of it. What is replayed gives root another password, too.
        await lab.SqlAsync("mysql-0", "ALTER USER 'root'@'localhost' IDENTIFIED BY 'Another_1';");
        var first = await NextAsync(lab);
        await using var client = BackupTrial.Writer(lab);
        await ClusterWaits.UntilAsync(() => Task.FromResult(client.Count > 100), () => "rows to be written", 60);
        await lab.DeletePodsAsync([$"{Archive}-0"], kill: true);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('wanted');");
        var moment = await lab.SqlAsync("mysql-0", Now);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('unwanted');");
        await ClusterWaits.UntilAsync(() => Task.FromResult(client.Count > 200), () => "more rows to be written", 60);
        await client.StopAsync();
        await lab.SqlAsync("mysql-0", "DELETE FROM shop.orders; DROP TABLE shop.notes;");
        var identity = await ArchivedAsync(lab);
        var uuid = await lab.SqlAsync("mysql-0", "SELECT @@server_uuid;");
        Assert.Contains(await BackupTrial.ListAsync(lab), line => line.StartsWith($"archive of what was written to the data of {identity}: logs from ", StringComparison.Ordinal));

        await LoseAllAsync(lab);

        // A moment between two transactions: the one before it is there, the one after it is not.
        await RestoreAsync(lab, BackupTrial.Restored, 2, "latest", moment);
        await lab.SameDataAsync(BackupTrial.Restored, 2);
        Assert.Equal("wanted", await lab.SqlAsync("again-1", "SELECT GROUP_CONCAT(note) FROM shop.notes;"));
        var executed = BackupTrial.Last(Of(uuid, await lab.SqlAsync("again-0", "SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');")));
        Assert.Equal($"{executed - first}\t1\t{executed - first}", await lab.SqlAsync("again-0", "SELECT COUNT(*), MIN(id), MAX(id) FROM shop.orders;"));

        // A transaction: the fiftieth row's, and no more.
        await RestoreAsync(lab, "third", 1, backup, string.Create(CultureInfo.InvariantCulture, $"{uuid}:{first + 49}"));
        Assert.Equal("50\t1\t50", await lab.SqlAsync("third-0", "SELECT COUNT(*), MIN(id), MAX(id) FROM shop.orders;"));
        Assert.Equal("0", await lab.SqlAsync("third-0", "SELECT COUNT(*) FROM shop.notes;"));
    }

    [SkippableFact]
    public async Task What_a_lost_primary_took_along_and_what_nobody_archived_is_known_to_a_restore()
    {
        await using var lab = await LabTestCluster.StartAsync(this);
        await StartAsync(lab);
        var backup = await BackUpAsync(lab);

        // The replica has not received what the archive has, and its data become the primary's.
        await lab.SqlAsync("mysql-1", "STOP REPLICA IO_THREAD;");
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('lost');");
        await ArchivedAsync(lab);
        var before = await lab.SqlAsync("mysql-0", Now);
        var uid = await LoseVolumeAsync(lab, "mysql-0");
        await lab.PodsAsync(pods => pods.Any(pod => pod.Name == "mysql-0" && pod.Uid != uid && pod.Ready), "the primary to be back", 240);
        await lab.SqlAsync("mysql-1", "START REPLICA;");
        Assert.Equal("0", await lab.SqlAsync("mysql-0", "SELECT COUNT(*) FROM shop.notes;"));
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('later');");
        await ArchivedAsync(lab);
        Assert.Contains("transactions that the cluster has lost", await lab.LogAsync($"{Archive}-0", "archive"), StringComparison.Ordinal);
        var after = await lab.SqlAsync("mysql-0", Now);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('seen');");
        await ArchivedAsync(lab);

        // While nobody archives, logs go that are in no archive.
        lab.Cluster.Scale(Archive, 0);
        await lab.PodsAsync(pods => pods.All(pod => pod.Name != $"{Archive}-0"), "the archive's pod to be gone");
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('unseen'); FLUSH BINARY LOGS; PURGE BINARY LOGS BEFORE NOW() + INTERVAL 1 DAY;");
        lab.Cluster.Scale(Archive, 1);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('last');");
        await ArchivedAsync(lab);
        Assert.Contains("GAP: mysql-0.mysql no longer has the binary logs with ", await lab.LogAsync($"{Archive}-0", "archive"), StringComparison.Ordinal);

        // It is not at its work again before a backup has what no log has.
        Assert.False((await lab.PodsAsync()).Single(pod => pod.Name == $"{Archive}-0").Ready);
        await BackUpAsync(lab);
        await lab.PodsAsync(pods => pods.Single(pod => pod.Name == $"{Archive}-0").Ready, "the archive to be ready", 120);

        await LoseAllAsync(lab);
        foreach (var (name, until, notes) in new[] { ("past", before, "lost"), ("present", after, "later") })
        {
            await RestoreAsync(lab, name, 1, "latest", until);
            Assert.Equal(notes, await lab.SqlAsync($"{name}-0", "SELECT GROUP_CONCAT(note) FROM shop.notes;"));
        }

        await RestoreAsync(lab, "future", 1, backup, "latest", ready: false);
        await ClusterWaits.UntilAsync(
            () => Task.FromResult(lab.Cluster.State.Jobs.Any(job => job.LastLines.Any(line => line.Contains("REFUSED: the archive has a gap: the transactions ", StringComparison.Ordinal)))), () => "the restore across the gap to be refused", 240);
    }

    private static async Task StartAsync(LabTestCluster lab)
    {
        await BackupTrial.ApplyAsync(lab, BackupTrial.Settings(BackupTrial.Lost, 2, backup: new { store = new { storage = "1Gi" }, archive = new { seconds = 10, storage = "1Gi" } }));
        await BackupTrial.MakeTablesAsync(lab);
        await lab.ReadyAsync(Archive, 1, 120);
    }

    /// <summary>Makes a backup.</summary>
    /// <returns>Its id.</returns>
    private static async Task<string> BackUpAsync(LabTestCluster lab)
    {
        var log = new List<string>();
        var job = await lab.Cluster.RunCronJobAsync("mysql-backup", TimeSpan.FromMinutes(8), (_, line) => log.Add(line));
        Assert.True(job.Phase == JobState.Complete, string.Join('\n', log));
        return BackupTrial.Id(log);
    }

    /// <summary>Waits until the archive has all that was written before.</summary>
    /// <returns>The identity of the cluster, under which it is.</returns>
    private static async Task<string> ArchivedAsync(LabTestCluster lab)
    {
        var (end, complete) = (await lab.SqlAsync("mysql-0", Now), "");
        var identity = await lab.SqlAsync("mysql-0", "SELECT id FROM mysql.cluster_identity;");
        var through = Path.Combine((await lab.Cluster.ClaimsAsync()).First(claim => claim.Name == BackupTrial.Store).Path, BackupTrial.Lost, "logs", identity, "through");
        await ClusterWaits.UntilAsync(
            async () => File.Exists(through) && string.CompareOrdinal(complete = (await File.ReadAllTextAsync(through)).Split(' ')[0], end) > 0,
            () => $"the archive to be complete up to {end}; it is up to '{complete}'",
            120);
        return identity;
    }

    /// <summary>The server stands still while its files go, so that it cannot write any back.</summary>
    /// <returns>The uid of the pod that had it.</returns>
    private static async Task<string> LoseVolumeAsync(LabTestCluster lab, string pod)
    {
        var found = lab.Cluster.FindPod(pod)!;
        var container = found.Containers.First(one => one.Name == "mysql");
        LabContainer.Freeze(await new LabContainer(pod, container.Name, container.Restarts, WatchedProcess.Find(container.Pid)!).ServerAsync());
        foreach (var folder in Directory.EnumerateDirectories((await lab.Cluster.ClaimsAsync()).First(claim => claim.Name == $"data-{pod}").Path))
        {
            Directory.Delete(folder, recursive: true);
        }

        await lab.DeletePodsAsync([pod], kill: true);
        return found.Uid;
    }

    /// <summary>Pods, Secret and ConfigMaps are gone; the store alone is left.</summary>
    private static async Task LoseAllAsync(LabTestCluster lab)
    {
        await lab.ApplyAsync([.. lab.Cluster.Manifests.Where(one => one.Kind == "PersistentVolumeClaim" && one.Name == BackupTrial.Store)]);
        await lab.PodsAsync(pods => pods.Count == 0, "no pod to be left");
    }

    /// <summary>The number of the next transaction.</summary>
    private static async Task<long> NextAsync(LabTestCluster lab) => BackupTrial.Last(await lab.SqlAsync("mysql-0", "SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');")) + 1;

    /// <summary>The transactions of one server.</summary>
    private static string Of(string uuid, string executed) => Assert.Single(executed.Split(','), set => set.StartsWith(uuid, StringComparison.Ordinal));

    private static Task RestoreAsync(LabTestCluster lab, string name, int replicas, string backup, string until, bool ready = true) => BackupTrial.ApplyAsync(
        lab,
        BackupTrial.Settings(name, replicas, restore: new { system = BackupTrial.Lost, backup, until, store = new { claim = BackupTrial.Store } }),
        BackupTrial.Store,
        ready);
}
