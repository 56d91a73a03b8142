using Lab.Processes;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>A primary that lost its volume, and a cluster of which more is missing than that.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class MembershipTests
{
    [SkippableFact]
    public async Task F40_a_lost_primary_is_not_given_back_while_a_member_that_may_have_more_is_missing()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 3);
        await lab.SeededAsync(3);
        await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA;");
        await lab.WriteAsync();
        var (behind, all) = (await lab.Cluster.ContentAsync("mysql-1"), await lab.Cluster.ContentAsync("mysql-0"));
        await ClusterWaits.UntilAsync(async () => await lab.Cluster.ContentAsync("mysql-2") == all, () => "mysql-2 to have all that the primary has", 60);

        // The machine of both is gone. In an ordered start nobody makes mysql-2 before mysql-0 is ready.
        LabContainer.Freeze(await (await lab.RunningAsync("mysql-0", "mysql")).ServerAsync());
        await lab.EmptyClaimAsync("mysql-0");
        await lab.Cluster.DeletePodsAsync(["mysql-0", "mysql-2"], kill: true);
        await lab.SaysAsync("mysql-0", "clone-mysql", "mysql-2.mysql does not exist now, though it is one of 3 members");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(await lab.VolumeAsync("mysql-0"), "mysql")));

        // A person decides that mysql-2's machine does not come back; it does, and is named.
        await lab.Cluster.ExecAsync("mysql-0", "clone-mysql", "sh", "-c", "echo mysql-1 > /mnt/data/seed-from");
        await lab.ReadinessAsync("mysql-0", ready: true, seconds: 120);
        Assert.Equal(behind, await lab.Cluster.ContentAsync("mysql-0"));
        await lab.Cluster.SqlAsync("mysql-1", "START REPLICA;");
        await lab.SaysAsync("mysql-2", "replication", "this replica has transactions that mysql-0.mysql does not have");
        await lab.ReseedAsync("mysql-2");
        await lab.SeededAsync(3);
    }

    [SkippableFact]
    public async Task F41_when_every_pod_is_gone_an_empty_primary_does_not_begin_anew_and_goes_on_with_a_copy_of_a_replica()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 2);
        await lab.SeededAsync();
        // Received and not applied is as good as applied: with semi-sync a client has heard that it is safe.
        await lab.Cluster.SqlAsync("mysql-1", "STOP REPLICA SQL_THREAD;");
        await lab.WriteAsync();
        await lab.WriteAsync();
        await lab.ReceivedAsync("mysql-1");
        var content = await lab.Cluster.ContentAsync("mysql-0");
        Assert.NotEqual(content, await lab.Cluster.ContentAsync("mysql-1"));
        await lab.ScaleAsync(0);
        await lab.EmptyClaimAsync("mysql-0");
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync("mysql-0", "init-mysql", "this volume is empty and no other pod exists, but the cluster has had data");
        Assert.Empty(Directory.EnumerateFileSystemEntries(await lab.VolumeAsync("mysql-0")));

        await lab.ScaleAsync(0);
        var copy = await new CommandRunner().RunAsync(
            new Command("cp", ["--archive", "--no-target-directory", Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql"), Path.Combine(await lab.VolumeAsync("mysql-0"), "mysql")]));
        Assert.True(copy.Succeeded, copy.StandardError);
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.ReadyAsync(2);
        Assert.Contains("it is the primary's data now", lab.Log("mysql-0", "init-mysql"), StringComparison.Ordinal);
        Assert.Equal(content, await lab.Cluster.ContentAsync("mysql-0"));
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F41_where_a_person_gives_all_up_the_cluster_begins_with_nothing()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 1);
        await lab.WriteAsync();
        await lab.LoseVolumeAsync("mysql-0");
        await lab.SaysAsync("mysql-0", "init-mysql", "Or begin with nothing: kubectl exec mysql-0 -c init-mysql -- touch /mnt/data/begin-anew");
        Assert.False(lab.Lab.Pod("mysql-0").Ready);

        await lab.Cluster.ExecAsync("mysql-0", "init-mysql", "touch", "/mnt/data/begin-anew");
        await lab.ReadyAsync(1);
        Assert.DoesNotContain("faults", await lab.Cluster.SqlAsync("mysql-0", "SHOW DATABASES;"), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(await lab.VolumeAsync("mysql-0"), "begin-anew")));
    }
}
