using System.Globalization;
using System.Text.Json.Nodes;
using Infra.MySql;
using Lab.Manifests;
using Lab.Processes;
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
        var backup = await BackupTrial.GoodBackUpAsync(lab);

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
        var backup = await BackupTrial.GoodBackUpAsync(lab);

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
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('unseen');");
        await lab.PurgeAsync("mysql-0");
        lab.Cluster.Scale(Archive, 1);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('last');");
        await ArchivedAsync(lab);
        Assert.Contains("GAP: mysql-0.mysql no longer has the binary logs with ", await lab.LogAsync($"{Archive}-0", "archive"), StringComparison.Ordinal);

        // It is not at its work again before a backup has what no log has.
        Assert.False((await lab.PodsAsync()).Single(pod => pod.Name == $"{Archive}-0").Ready);
        await BackupTrial.GoodBackUpAsync(lab);
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

    /// <summary>The replica is away. Were the archive to acknowledge in its place, the primary would wait for it, and promise what no replica has.</summary>
    [SkippableFact]
    public async Task The_archive_stands_in_for_no_replica_where_a_replica_has_to_acknowledge()
    {
        const string acknowledged = "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Rpl_semi_sync_source_yes_tx';";
        const string clients = "SELECT variable_value FROM performance_schema.global_status WHERE variable_name = 'Rpl_semi_sync_source_clients';";
        await using var lab = await LabTestCluster.StartAsync(this);
        await StartAsync(lab, durability: MySqlDurability.SemiSync);
        await ArchivedAsync(lab);
        Assert.Equal("1", await lab.SqlAsync("mysql-0", clients));

        await lab.SqlAsync("mysql-1", "STOP REPLICA IO_THREAD;");
        await ClusterWaits.UntilAsync(async () => await lab.SqlAsync("mysql-0", clients) == "0", () => "the primary to have no replica that acknowledges", 60);
        var before = await lab.SqlAsync("mysql-0", acknowledged);
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('alone');");
        await ArchivedAsync(lab);

        Assert.Equal((before, "0"), (await lab.SqlAsync("mysql-0", acknowledged), await lab.SqlAsync("mysql-0", clients)));
    }

    /// <summary>While nobody archives, more is written than its volume holds; it is stored in pieces, and nothing of it is missing.</summary>
    [SkippableFact]
    public async Task What_is_more_than_the_archives_volume_holds_is_stored_piece_by_piece()
    {
        const long room = 400 << 20;
        await using var lab = await LabTestCluster.StartAsync(this);
        await StartAsync(lab, room: room);
        await BackUpAndStopArchiveAsync(lab);
        await lab.SqlAsync("mysql-0", $"CREATE TABLE shop.pictures (id INT AUTO_INCREMENT PRIMARY KEY, body VARBINARY(1024)); {string.Concat(Enumerable.Repeat("INSERT INTO shop.pictures (body) VALUES (RANDOM_BYTES(1024));", 64))}");
        var four = "INSERT INTO shop.pictures (body) SELECT RANDOM_BYTES(1024) FROM (SELECT 1 FROM shop.pictures AS a JOIN shop.pictures AS b LIMIT 4096) AS some;";
        for (var batch = 0; batch < 7; batch++)
        {
            await lab.SqlAsync("mysql-0", string.Concat(Enumerable.Repeat(four, 16)));
        }

        lab.Cluster.Scale(Archive, 1);
        var identity = await ArchivedAsync(lab, seconds: 400);

        var store = Path.Combine((await lab.Cluster.ClaimsAsync()).First(claim => claim.Name == BackupTrial.Store).Path, BackupTrial.Lost, "logs", identity);
        var sizes = Directory.EnumerateFiles(store, "*.info").Select(file => long.Parse(File.ReadLines(file).First(line => line.StartsWith("size ", StringComparison.Ordinal))[5..], CultureInfo.InvariantCulture)).ToList();
        Assert.True(sizes.Sum() > room, $"{sizes.Sum()} bytes are no more than the volume has room for");
        Assert.Equal(0, (await lab.PodsAsync()).Single(pod => pod.Name == $"{Archive}-0").Restarts);
    }

    private static async Task BackUpAndStopArchiveAsync(LabTestCluster lab)
    {
        await BackupTrial.GoodBackUpAsync(lab);
        lab.Cluster.Scale(Archive, 0);
        await lab.PodsAsync(pods => pods.All(pod => pod.Name != $"{Archive}-0"), "the archive's pod to be gone");
    }

    /// <param name="lab">The instance.</param>
    /// <param name="durability">When a transaction is done.</param>
    /// <param name="room">How many bytes the archive's volume has room for; a lab's claims have as much as the machine.</param>
    private static async Task StartAsync(LabTestCluster lab, string durability = MySqlDurability.Async, long? room = null)
    {
        var settings = BackupTrial.Settings(BackupTrial.Lost, 2, backup: new { store = new { storage = "1Gi" }, archive = new { seconds = 10, storage = "1Gi" } }, durability: durability);
        await BackupTrial.ApplyAsync(lab, settings, change: room is not { } bytes ? null : one => Limit(one, bytes));
        await BackupTrial.MakeTablesAsync(lab);
        await lab.ReadyAsync(Archive, 1, 120);
    }

    /// <summary>The archive's volume is in memory, and has so much room.</summary>
    private static void Limit(Manifest manifest, long bytes)
    {
        if (manifest.Kind != "StatefulSet" || manifest.Name != Archive)
        {
            return;
        }

        var volume = manifest.Body["spec"]!["template"]!["spec"]!["volumes"]!.AsArray().Select(one => one!.AsObject()).Single(one => one.Remove("ephemeral"));
        volume["emptyDir"] = new JsonObject { ["medium"] = "Memory", ["sizeLimit"] = bytes.ToString(CultureInfo.InvariantCulture) };
    }

    /// <summary>Waits until the archive has all that was written before.</summary>
    /// <returns>The identity of the cluster, under which it is.</returns>
    private static async Task<string> ArchivedAsync(LabTestCluster lab, int seconds = 120)
    {
        var (end, complete) = (await lab.SqlAsync("mysql-0", Now), "");
        var identity = await lab.SqlAsync("mysql-0", "SELECT id FROM mysql.cluster_identity;");
        var through = Path.Combine((await lab.Cluster.ClaimsAsync()).First(claim => claim.Name == BackupTrial.Store).Path, BackupTrial.Lost, "logs", identity, "through");
        await ClusterWaits.UntilAsync(
            async () => File.Exists(through) && string.CompareOrdinal(complete = (await File.ReadAllTextAsync(through)).Split(' ')[0], end) > 0,
            () => $"the archive to be complete up to {end}; it is up to '{complete}'",
            seconds);
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
