using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Servers that have transactions which others lack, and get them, or not.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class HistoryTests(ReplicaFixture fixture) : IClassFixture<ReplicaFixture>
{
    private const string Foreign = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:1";
    private static readonly string[] Replicas = ["mysql-1", "mysql-2"];

    private static ServerTerms Terms => ServerTerms.MySql84;

    [SkippableFact]
    public async Task F16_a_primary_that_lost_its_volume_gets_the_most_advanced_replicas_data_and_the_others_follow_on()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 3);
        await AheadAsync(lab);
        var (content, identity, rows) = (await lab.Cluster.ContentAsync("mysql-1"), await IdentityAsync(lab, "mysql-1"), await RowsAsync(lab, "mysql-1"));
        Assert.NotEqual(rows, await RowsAsync(lab, "mysql-2"));
        var pods = Replicas.Select(pod => lab.Lab.Pod(pod).Uid).ToList();

        await lab.LoseVolumeAsync("mysql-0");
        await lab.SaysAsync("mysql-0", "clone-mysql", "taking the data of mysql-1.mysql");
        await lab.ReadinessAsync("mysql-0", ready: true, seconds: 120);
        Assert.Equal(content, await lab.Cluster.ContentAsync("mysql-0"));
        Assert.Equal(identity, await IdentityAsync(lab, "mysql-0"));
        await lab.Cluster.SqlAsync("mysql-2", $"{Terms.StartReplication};");
        await lab.SaysAsync("mysql-2", "replication", "fetching that from mysql-1.mysql");
        await lab.SeededAsync(3);
        Assert.Equal("primary", (await lab.Cluster.StatusAsync("mysql-0"))["role"]);
        foreach (var pod in Replicas)
        {
            Assert.Equal("mysql-0.mysql", (await lab.Cluster.StatusAsync(pod))["source_host"]);
            Assert.Equal(identity, await IdentityAsync(lab, pod));
        }

        Assert.Equal(pods, Replicas.Select(pod => lab.Lab.Pod(pod).Uid));
    }

    [SkippableFact]
    public async Task F16_replicas_that_diverged_are_named_and_a_person_chooses()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 3);
        await AheadAsync(lab);
        var content = await lab.Cluster.ContentAsync("mysql-1");
        await lab.Cluster.SqlAsync("mysql-2", Unguarded($"SET gtid_next = '{Foreign}'; CREATE DATABASE strange; SET gtid_next = AUTOMATIC;"));

        await lab.LoseVolumeAsync("mysql-0");
        await lab.SaysAsync("mysql-0", "clone-mysql", "the replicas have diverged: none has all transactions of all others");
        var said = lab.Log("mysql-0", "clone-mysql");
        Assert.All(Replicas, pod => Assert.Contains($"{pod}.mysql: ", said, StringComparison.Ordinal));
        Assert.Contains(Foreign, said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(await lab.VolumeAsync("mysql-0"), "mysql")));

        await lab.Cluster.ExecAsync("mysql-0", "clone-mysql", "sh", "-c", "echo mysql-1 > /mnt/data/seed-from");
        await lab.ReadinessAsync("mysql-0", ready: true, seconds: 120);
        Assert.Equal(content, await lab.Cluster.ContentAsync("mysql-0"));
        await lab.Cluster.SqlAsync("mysql-2", $"{Terms.StartReplication};");
        await NamesAsync(lab, "mysql-2", Foreign);

        await lab.ReseedAsync("mysql-2");
        await lab.SeededAsync(3);
        Assert.DoesNotContain("strange", await lab.Cluster.SqlAsync("mysql-2", "SHOW DATABASES;"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task F17_a_replica_gets_from_another_one_what_the_primary_has_purged()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 3);
        await lab.ScaleAsync(2);
        await lab.WriteAsync();
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
        await lab.Cluster.PurgeAsync("mysql-0");

        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SaysAsync("mysql-2", "replication", "fetching that from mysql-1.mysql");
        await lab.SeededAsync(3);
        Assert.Contains("the volume holds data; nothing to seed", lab.Log("mysql-2", "clone-mysql"), StringComparison.Ordinal);
        Assert.Equal("mysql-0.mysql", (await lab.Cluster.StatusAsync("mysql-2"))["source_host"]);
    }

    [SkippableFact]
    public async Task F33_an_errant_transaction_is_seen_and_named_and_given_to_nobody()
    {
        var lab = await fixture.ReadyAsync(this, Terms, 3);
        await lab.ScaleAsync(2);
        await lab.EmptyClaimAsync("mysql-2");
        // The new replica cannot ask anyone until the nearest donor has gone astray.
        lab.Lab.BlockName("mysql-0.mysql");
        lab.Lab.BlockName("mysql-1.mysql");
        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SaysAsync("mysql-2", "clone-mysql", "mysql-1.mysql: the name does not resolve");
        await lab.Cluster.SqlAsync("mysql-1", Unguarded("CREATE DATABASE errant;"));
        var errant = await lab.Cluster.SqlAsync("mysql-1", "SELECT CONCAT(@@server_uuid, ':1');");
        lab.Lab.UnblockNames();

        await lab.SaysAsync("mysql-2", "clone-mysql", $"mysql-1.mysql: cannot be a donor: it has transactions that mysql-0.mysql does not have: {errant}");
        await lab.SaysAsync("mysql-2", "clone-mysql", "seeded from mysql-0.mysql");
        await NamesAsync(lab, "mysql-1", errant);
        await lab.ReadinessAsync("mysql-2", ready: true);
        foreach (var pod in new[] { "mysql-0", "mysql-2" })
        {
            Assert.DoesNotContain("errant", await lab.Cluster.SqlAsync(pod, "SHOW DATABASES;"), StringComparison.Ordinal);
            Assert.Equal("0", await lab.Cluster.SqlAsync(pod, $"SELECT GTID_SUBSET('{errant}', @@global.gtid_executed);"));
        }

        await lab.ReseedAsync("mysql-1");
        await lab.SeededAsync(3);
    }

    // One replica hears no more of the primary; the other does.
    private static async Task AheadAsync(FaultLab lab)
    {
        await lab.Cluster.SqlAsync("mysql-2", $"{Terms.StopReplication} IO_THREAD;");
        for (var row = 0; row < 3; row++)
        {
            await lab.WriteAsync();
        }

        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
    }

    private static string Unguarded(string statements) => $"SET GLOBAL super_read_only = 0; {statements} SET GLOBAL super_read_only = 1;";

    private static Task<string> IdentityAsync(FaultLab lab, string pod) => lab.Cluster.SqlAsync(pod, "SELECT id FROM mysql.cluster_identity;");

    private static Task<string> RowsAsync(FaultLab lab, string pod) => lab.Cluster.SqlAsync(pod, "SELECT COUNT(*) FROM faults.later;");

    private static async Task NamesAsync(FaultLab lab, string pod, string transactions)
    {
        var said = "";
        await ClusterWaits.UntilAsync(
            async () => (said = (await lab.Cluster.StatusAsync(pod))["reason"]).Contains(transactions, StringComparison.Ordinal),
            () => $"status of {pod} to name {transactions}; it says '{said}'",
            60);
        await lab.ReadinessAsync(pod, ready: false);
    }
}
