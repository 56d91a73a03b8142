using Xunit;

namespace Trials.Faults.Xtrabackup;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SidecarTests(SeedingFixture fixture) : SidecarBehaviour(fixture), IClassFixture<SeedingFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql57;

    protected override string Configures => "CHANGE MASTER";

    [SkippableTheory]
    [InlineData("mv", "seed-coordinates", "after CHANGE MASTER, before the coordinates are put aside")]
    [InlineData("rm", "replication.starting", "after START SLAVE, before that is noted")]
    public Task F10_a_sidecar_killed_after_its_SQL_ran_resumes_and_replication_stays_whole(string program, string file, string when) =>
        KilledAfterItsSqlAsync(program, file, when);

    private protected override async Task ResumedAsync(FaultLab lab) =>
        Assert.True(File.Exists(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql", "seed-coordinates.used")));
}
