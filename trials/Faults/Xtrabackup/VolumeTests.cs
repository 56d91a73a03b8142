using Lab.Processes;
using Xunit;

namespace Trials.Faults.Xtrabackup;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class VolumeTests : VolumeBehaviour
{
    protected override ServerTerms Terms => ServerTerms.MySql57;

    [SkippableFact]
    public async Task F16_a_primary_that_comes_back_with_an_empty_volume_refuses_while_a_replica_holds_data()
    {
        await using var lab = await FaultLab.StartAsync(this, Terms, 2);
        await lab.LoadAsync(1);
        await lab.Cluster.SameDataAsync(FaultLab.Set, 2);
        var before = await lab.Cluster.ContentAsync("mysql-1");
        var volume = await lab.VolumeAsync("mysql-0");

        await lab.LoseVolumeAsync("mysql-0");
        await lab.SaysAsync("mysql-0", "init-mysql", "the primary's data is lost, and the other pods may hold it. Nothing was initialised. Way out:");
        Assert.Contains("mysql-1.mysql", lab.Log("mysql-0", "init-mysql"), StringComparison.Ordinal);
        Assert.False(lab.Lab.Pod("mysql-0").Ready);
        Assert.False(Directory.Exists(Path.Combine(volume, "mysql", "mysql")));
        Assert.Equal(before, await lab.Cluster.ContentAsync("mysql-1"));
        Assert.True(lab.Lab.Pod("mysql-1").Ready, lab.Story());
    }

    [SkippableFact]
    public async Task F27_a_disk_that_fills_up_while_seeding_is_a_clear_failure_and_room_ends_it()
    {
        await using var lab = await FaultLab.StartAsync(this, Terms, 1, before: lab => lab.Lab.CreateClaimAsync("data-mysql-1", Megabytes));
        await lab.LoadAsync();
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", SeedingKillTests.SendsThenHolds(1_000_000));
        lab.Lab.Scale(FaultLab.Set, 2);
        await donor.HeldAsync();
        var volume = await lab.VolumeAsync("mysql-1");
        var ballast = Path.Combine(volume, "ballast");
        var room = new DriveInfo(volume).AvailableFreeSpace;
        Assert.True((await new CommandRunner().RunAsync(new Command("fallocate", ["--length", $"{room - 10_000_000}", ballast]))).Succeeded);
        donor.Release();

        await lab.SaysAsync("mysql-1", "clone-mysql", "No space left on device");
        await lab.SaysAsync("mysql-1", "clone-mysql", "the stream could not be unpacked");
        await lab.SaysAsync("mysql-1", "clone-mysql", "disk full: mysql-0.mysql sends about");
        Assert.False(lab.Lab.Pod("mysql-1").Ready);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(volume, "mysql")));

        File.Delete(ballast);
        await lab.SeededAsync();
    }
}
