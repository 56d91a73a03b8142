using Xunit;

namespace Trials.Faults.Clone;

/// <summary>What happens to a donor in mid-clone, and what it may differ in.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class DonorFaultTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    private static readonly string[] Rivals = ["mysql-1", "mysql-2"];

    [SkippableFact]
    public async Task F04_a_donor_killed_in_mid_clone_is_asked_again_or_another_one_is()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84);
        await KilledInFileCopyAsync(lab, ordinal: 1);
        await lab.SeededAsync();
        Assert.Contains("mysql-0.mysql: the clone failed", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
        Assert.Contains("seeded from mysql-0.mysql", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);

        await KilledInFileCopyAsync(lab, ordinal: 2);
        await lab.SeededAsync(3);
        Assert.Contains("mysql-1.mysql: the clone failed", lab.Log("mysql-2", "clone-mysql"), StringComparison.Ordinal);
        Assert.Contains("seeded from mysql-0.mysql", lab.Log("mysql-2", "clone-mysql"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task F26_two_replicas_that_ask_one_donor_at_once_both_end_seeded()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 1, change: manifests =>
        {
            manifests.Single(one => one.Kind == "StatefulSet").Body["spec"]!["podManagementPolicy"] = "Parallel";
            return manifests;
        });
        await lab.LoadAsync(8);
        // The first one's donor stays busy until the second one has asked it.
        var (_, server) = await lab.HeldInStageAsync("FILE COPY");
        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SaysAsync(Rivals[1], "clone-mysql", "mysql-0.mysql: busy with another clone; waiting for a turn");
        LabContainer.Thaw(server);
        await lab.SeededAsync(3);
    }

    [SkippableFact]
    public async Task F35_a_donor_with_another_plugin_or_of_another_series_is_named_before_anything_is_copied()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84);
        await lab.Cluster.SqlAsync("mysql-0", "INSTALL PLUGIN rpl_semi_sync_source SONAME 'semisync_source.so';");
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync("mysql-1", "clone-mysql", "mysql-0.mysql has active plugins that this pod's server lacks: rpl_semi_sync_source");
        Assert.False(Directory.Exists(Path.Combine(await lab.VolumeAsync("mysql-1"), "staging-clone", "data")));

        // The next runs take the donor's version for another; no second series can be had here.
        var seeder = await lab.RunningAsync("mysql-1", "clone-mysql");
        seeder.Replace("mysql", """
            [[ " $* " == *" --vertical "* ]] || exec "$real" "$@"
            "$real" "$@" | sed 's/^ *version: .*/version: 5.9.1/'
            exit "${PIPESTATUS[0]}"
            """);
        await lab.SaysAsync("mysql-1", "clone-mysql", "mysql-0.mysql runs MySQL 5.9.1, this pod's image has");
        Assert.False(Directory.Exists(Path.Combine(await lab.VolumeAsync("mysql-1"), "staging-clone", "data")));

        await lab.Cluster.SqlAsync("mysql-0", "UNINSTALL PLUGIN rpl_semi_sync_source;");
        await lab.ReplaceAsync("mysql-1", kill: true);
        await lab.SeededAsync();
    }

    private static async Task KilledInFileCopyAsync(FaultLab lab, int ordinal)
    {
        var donor = await lab.RunningAsync($"mysql-{ordinal - 1}", "mysql");
        var (_, server) = await lab.HeldInStageAsync("FILE COPY", ordinal);
        await lab.KillAsync(donor);
        LabContainer.Thaw(server);
    }
}
