using Xunit;

namespace Tests.Faults;

/// <summary>The sidecar is killed between the steps that make a copy a replica.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
[Collection("deployment")]
public sealed class SidecarTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    [SkippableFact]
    public async Task F09_a_sidecar_killed_before_its_SQL_ran_resumes_from_the_same_coordinates()
    {
        var (lab, sidecar) = await HeldInSidecarAsync("mysql", $$"""
            statements=$(cat)
            [[ $statements != *"CHANGE MASTER"* ]] || { {{LabContainer.Hold}}; }
            printf '%s\n' "$statements" | "$real" "$@"
            """);
        Assert.Equal(string.Empty, await lab.Cluster.SqlAsync("mysql-1", "SHOW SLAVE STATUS;"));
        await ResumesAsync(lab, sidecar);
    }

    [SkippableTheory]
    [InlineData("mv", "seed-coordinates", "after CHANGE MASTER, before the coordinates are put aside")]
    [InlineData("rm", "replication.starting", "after START SLAVE, before that is noted")]
    public async Task F10_a_sidecar_killed_after_its_SQL_ran_resumes_and_replication_stays_whole(string program, string file, string when)
    {
        var (lab, sidecar) = await HeldInSidecarAsync(program, $$"""
            [[ "$*" == *{{file}}* && "$*" != *.new* ]] || exec "$real" "$@"
            {{LabContainer.Hold}}
            """);
        Assert.True((await lab.Cluster.SqlAsync("mysql-1", "SHOW SLAVE STATUS;")).Contains("mysql-0.mysql", StringComparison.Ordinal), when);
        await ResumesAsync(lab, sidecar);
    }

    // The server stands still until the sidecar's program is in place; the sidecar can do nothing without it.
    private async Task<(FaultLab Lab, LabContainer Sidecar)> HeldInSidecarAsync(string program, string script)
    {
        var lab = await fixture.AloneAsync();
        lab.Lab.Scale(FaultLab.Set, 2);
        var server = await lab.RunningAsync("mysql-1", "mysql");
        LabContainer.Freeze(server.Process);
        var sidecar = await lab.RunningAsync("mysql-1", "xtrabackup");
        sidecar.Replace(program, script);
        LabContainer.Thaw(server.Process);
        await sidecar.HeldAsync();
        return (lab, sidecar);
    }

    private static async Task ResumesAsync(FaultLab lab, LabContainer sidecar)
    {
        await lab.WriteAsync();
        await lab.KillAsync(sidecar);
        await SeedingKillTests.SeededAsync(lab);
        Assert.Equal(sidecar.Restarts + 1, lab.Container("mysql-1", "xtrabackup")!.Restarts);
        Assert.Equal(0, lab.Container("mysql-1", "mysql")!.Restarts);
        Assert.True(File.Exists(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql", "seed-coordinates.used")));
    }
}
