using Xunit;
using static Trials.Faults.Clone.SeedingKillTests;

namespace Trials.Faults.Clone;

/// <summary>Faults in stages of a seeding that are over at once where a server makes haste: the first data are made, and what was cloned is brought to the disk.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SeedingStageTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    [SkippableFact]
    public async Task F01_a_clone_killed_in_each_of_its_stages_seeds_afresh()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84, hasty: false);
        lab.Lab.Scale(FaultLab.Set, 2);
        var seeder = await lab.RunningAsync("mysql-1", "clone-mysql");
        await seeder.ProcessAsync("--initialize-insecure");
        await lab.KillAsync(seeder);
        foreach (var (stage, wholePod) in new[] { ("FILE COPY", false), ("PAGE COPY", true), ("REDO COPY", false), ("FILE SYNC", true) })
        {
            (seeder, _) = await lab.HeldInStageAsync(stage);
            await (wholePod ? lab.ReplaceAsync("mysql-1", kill: true) : lab.KillAsync(seeder));
            Assert.Empty(await DataAsync(lab));
        }

        await lab.SeededAsync();
        Assert.Equal(["mysql"], await VolumeAsync(lab));
    }

    [SkippableFact]
    public async Task F23_a_copied_auto_cnf_never_gives_two_servers_one_uuid()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84, hasty: false);
        var donors = Path.Combine(await lab.VolumeAsync("mysql-0"), "mysql", "auto.cnf");
        var (_, server) = await lab.HeldInStageAsync("FILE SYNC");
        var copied = Path.Combine(await lab.VolumeAsync("mysql-1"), "staging-clone", "data", "auto.cnf");
        File.Copy(donors, copied);
        LabContainer.Thaw(server);

        await lab.SeededAsync();
        var uuids = new[] { await lab.Cluster.SqlAsync("mysql-0", "SELECT @@server_uuid;"), await lab.Cluster.SqlAsync("mysql-1", "SELECT @@server_uuid;") };
        Assert.Contains(uuids[0], await File.ReadAllTextAsync(donors), StringComparison.Ordinal);
        Assert.NotEqual(uuids[0], uuids[1]);
    }
}
