using System.Globalization;
using Cli.Backups;
using Infra.MySql;
using Infra.MySql.Profiles;
using Lab.State;
using Trials.Clients;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Backup;

/// <summary>A cluster is backed up while it is written to, all of it but the store is lost, and another one begins from the backup.</summary>
[Trait("level", "lab")]
public sealed class BackupTests
{
    private const string Lost = "mysql", Restored = "again", Store = "mysql-backups";

    [SkippableFact]
    [Trait("quick", "yes")]
    public async Task What_a_backup_has_of_a_cluster_that_is_lost_is_what_a_new_one_begins_with()
    {
        await using var lab = await LabTestCluster.StartAsync(this);
        await ApplyAsync(lab, Settings(Lost, 2, backup: new { store = new { storage = "1Gi" } }));
        var (log, rows) = await BackUpUnderWritesAsync(lab);
        var id = Assert.Single(log, line => line.Contains("done: backup ", StringComparison.Ordinal)).Split("done: backup ")[1].Split(' ')[0];
        // A replica gave it, and the primary had no more to do than ever.
        Assert.Contains(log, line => line.Contains($"done: backup {id} from mysql-1.mysql in ", StringComparison.Ordinal));
        Assert.Contains(await ListAsync(lab), line => line.StartsWith($"{id}  good ", StringComparison.Ordinal));
        var identity = await lab.SqlAsync("mysql-0", "SELECT id FROM mysql.cluster_identity;");

        // Pods, Secret and ConfigMaps are gone, and the new system has claims of its own; the store alone is left.
        await lab.ApplyAsync([.. lab.Cluster.Manifests.Where(one => one.Kind == "PersistentVolumeClaim" && one.Name == Store)]);
        await lab.PodsAsync(pods => pods.Count == 0, "no pod to be left");
        await ApplyAsync(lab, Settings(Restored, 2, restore: new { system = Lost, backup = "latest", store = new { claim = Store } }), Store);
        await lab.SameDataAsync(Restored, 2);

        Assert.Equal(rows, await lab.SqlAsync("again-0", "SELECT COUNT(*), MIN(id), MAX(id) FROM shop.orders;"));
        Assert.NotEqual(identity, await lab.SqlAsync("again-0", "SELECT id FROM mysql.cluster_identity;"));
        Assert.Equal("once", await lab.SqlAsync("again-1", "SELECT note FROM shop.notes;"));

        // Of data that are there it keeps its hands off.
        var before = (await lab.PodsAsync()).Where(pod => pod.Name.StartsWith("again-", StringComparison.Ordinal) && pod.Name.Length == 7).Select(pod => pod.Uid).ToList();
        await ApplyAsync(lab, Settings(Restored, 2, restore: new { system = Lost, backup = id, store = new { claim = Store } }), Store, ready: false);
        await ClusterWaits.UntilAsync(
            () => Task.FromResult(lab.Cluster.State.Jobs.Any(job => job.Phase == JobState.Failed || job.Message.Contains("REFUSED", StringComparison.Ordinal))), () => "the second restore to be refused", 240);
        Assert.Equal(before, (await lab.PodsAsync()).Where(pod => pod.Name.StartsWith("again-", StringComparison.Ordinal) && pod.Name.Length == 7).Select(pod => pod.Uid));
        Assert.Equal(rows, await lab.SqlAsync("again-0", "SELECT COUNT(*), MIN(id), MAX(id) FROM shop.orders;"));
    }

    /// <summary>Only one client writes, a row a transaction and in order, so that the transactions of the backup say how many rows it has.</summary>
    private static async Task<(IReadOnlyList<string> Log, string Rows)> BackUpUnderWritesAsync(LabTestCluster lab)
    {
        var user = new ClientUser("writer", "shop");
        await lab.SqlAsync("mysql-0", $"CREATE DATABASE shop; CREATE TABLE shop.orders {InsertingClient.Columns}; CREATE TABLE shop.notes (note VARCHAR(20) PRIMARY KEY); INSERT INTO shop.notes VALUES ('once'); {user.Creation}");
        var before = Last(await lab.SqlAsync("mysql-0", "SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');"));
        await using var client = new InsertingClient(
            async cancel =>
            {
                var at = await lab.EndPointAsync("mysql-0", MySqlPorts.Server.Number, cancel);
                return await user.OpenAsync([$"{at.Address}"], at.Port, null, cancel);
            },
            "shop.orders");
        var log = new List<string>();
        var job = await lab.Cluster.RunCronJobAsync("mysql-backup", TimeSpan.FromMinutes(8), (_, line) => log.Add(line));
        await client.StopAsync();
        Assert.True(job.Phase == JobState.Complete, $"{job.Phase}: {job.Message}\n{string.Join('\n', log)}");
        var executed = Assert.Single(log, line => line.Contains(" is good: ", StringComparison.Ordinal)).Split("transactions ")[1];
        var rows = Last(executed) - before;
        Assert.InRange(rows, 1, client.Count - 1);
        return (log, string.Create(CultureInfo.InvariantCulture, $"{rows}\t1\t{rows}"));
    }

    /// <summary>What <c>./dev backup list</c> shows.</summary>
    private static async Task<IReadOnlyList<string>> ListAsync(LabTestCluster lab)
    {
        var (backups, lines) = (new LabBackups(lab.Cluster), new List<string>());
        Assert.True(await backups.RunAsync(BackupJob.Of(Assert.Single(await backups.CronJobsAsync(Lost, default)), "list"), lines.Add, TimeSpan.FromMinutes(2), default), string.Join('\n', lines));
        return lines;
    }

    private static long Last(string executed) => long.Parse(executed.Trim().Split('-')[^1], CultureInfo.InvariantCulture);

    private static async Task ApplyAsync(LabTestCluster lab, (string Name, int Replicas, object Settings) system, string? kept = null, bool ready = true)
    {
        var objects = await Stack.MySqlObjectsAsync(system.Settings);
        var store = lab.Cluster.Manifests.Where(one => one.Kind == "PersistentVolumeClaim" && one.Name == kept).ToList();
        await lab.ApplyAsync([.. store, .. Haste.Of(Patience.Of(objects.AtOnce))]);
        if (ready)
        {
            await lab.ReadyAsync(system.Name, system.Replicas, 420);
            await lab.ApplyAsync([.. lab.Cluster.Manifests, .. Haste.Of(objects.OnceReady)]);
        }
    }

    private static (string Name, int Replicas, object Settings) Settings(string name, int replicas, object? backup = null, object? restore = null) => (name, replicas, new
    {
        name,
        profile = MySqlProfiles.MySql84,
        replicas,
        seedTimeoutSeconds = 60,
        resources = new { cpu = "100m", memory = "256Mi" },
        backup,
        restore,
    });
}
