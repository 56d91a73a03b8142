using Lab.Processes;
using Xunit;

namespace Trials.Faults.Clone;

[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class VolumeTests : VolumeBehaviour
{
    protected override ServerTerms Terms => ServerTerms.MySql84;

    [SkippableFact]
    public async Task F27_a_disk_that_fills_up_while_seeding_is_a_clear_failure_and_room_ends_it()
    {
        await using var lab = await FaultLab.StartAsync(this, Terms, 1, before: lab => lab.Lab.CreateClaimAsync("data-mysql-1", Megabytes));
        await lab.LoadAsync();
        var (_, server) = await lab.HeldInStageAsync("FILE COPY");
        var volume = await lab.VolumeAsync("mysql-1");
        var ballast = Path.Combine(volume, "ballast");
        var room = new DriveInfo(volume).AvailableFreeSpace;
        Assert.True((await new CommandRunner().RunAsync(new Command("fallocate", ["--length", $"{room - 1_000_000}", ballast]))).Succeeded);
        LabContainer.Thaw(server);

        await lab.SaysAsync("mysql-1", "clone-mysql", "disk full: the volume has");
        Assert.False(lab.Lab.Pod("mysql-1").Ready);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(volume, "mysql")));

        File.Delete(ballast);
        await lab.SeededAsync();
    }
}
