using Xunit;

namespace Tests.Faults;

/// <summary>The donor is not to be had: its name, or its backup server, is away.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
[Collection("deployment")]
public sealed class DonorTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    [SkippableFact]
    public async Task F08_a_donor_whose_name_does_not_resolve_is_waited_for_a_while_then_named_in_a_failure()
    {
        var lab = await fixture.AloneAsync();
        lab.Lab.BlockName("mysql-0.mysql");
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync("mysql-1", "clone-mysql", "mysql-0.mysql: the name does not resolve");
        await lab.SaysAsync("mysql-1", "clone-mysql", "gave a backup; no progress for");
        await lab.UntilAsync(() => lab.Container("mysql-1", "clone-mysql") is { Last.ExitCode: 1 }, "the seeding to fail");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql")));

        lab.Lab.UnblockNames();
        await SeedingKillTests.SeededAsync(lab);
    }

    [SkippableFact]
    public async Task F08_another_donor_is_taken_when_the_nearest_hangs()
    {
        var lab = await fixture.AloneAsync();
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.ReadyAsync(2);
        var nearest = await (await lab.RunningAsync("mysql-1", "xtrabackup")).ProcessAsync("ncat", "--listen");
        LabContainer.Freeze(nearest);
        lab.Lab.Scale(FaultLab.Set, 3);

        await SeedingKillTests.SeededAsync(lab, 3);
        LabContainer.Thaw(nearest);
        var log = lab.Log("mysql-2", "clone-mysql");
        Assert.Contains("mysql-1.mysql: no backup server answers", log, StringComparison.Ordinal);
        Assert.Contains("seeded from mysql-0.mysql", log, StringComparison.Ordinal);
    }
}
