using Lab.Processes;
using Xunit;

namespace Trials.Faults;

/// <summary>The donor is not to be had: its name, or its backup server, is away.</summary>
public abstract class DonorBehaviour(SeedingFixture fixture)
{
    /// <summary>Which servers.</summary>
    protected abstract ServerTerms Terms { get; }

    /// <summary>What a new replica says of a donor that hangs.</summary>
    protected abstract string HangingDonor { get; }

    [SkippableFact]
    public async Task F08_a_donor_whose_name_does_not_resolve_is_waited_for_a_while_then_named_in_a_failure()
    {
        var lab = await fixture.AloneAsync(this, Terms);
        lab.Lab.BlockName("mysql-0.mysql");
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SaysAsync("mysql-1", "clone-mysql", "mysql-0.mysql: the name does not resolve");
        await lab.SaysAsync("mysql-1", "clone-mysql", "gave a backup; no progress for");
        await lab.UntilAsync(() => lab.Container("mysql-1", "clone-mysql") is { Last.ExitCode: 1 }, "the seeding to fail");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql")));

        lab.Lab.UnblockNames();
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F08_another_donor_is_taken_when_the_nearest_hangs()
    {
        var lab = await fixture.AloneAsync(this, Terms);
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.ReadyAsync(2);
        var nearest = await ServingProcessAsync(await lab.RunningAsync("mysql-1", "mysql"), await lab.RunningAsync("mysql-1", Terms.Sidecar));
        lab.Lab.Scale(FaultLab.Set, 3);
        // It is made only while the pods before it are ready.
        await lab.UntilAsync(() => lab.Lab.FindPod("mysql-2") is not null, "mysql-2 to be made");
        LabContainer.Freeze(nearest);
        await lab.SaysAsync("mysql-2", "clone-mysql", HangingDonor);
        await lab.SaysAsync("mysql-2", "clone-mysql", "seeded from mysql-0.mysql");
        LabContainer.Thaw(nearest);
        await lab.SeededAsync(3);
    }

    /// <summary>The process that gives a new replica its data.</summary>
    private protected abstract Task<WatchedProcess> ServingProcessAsync(LabContainer server, LabContainer sidecar);
}
