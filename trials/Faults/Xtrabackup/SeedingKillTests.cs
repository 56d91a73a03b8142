using Xunit;

namespace Trials.Faults.Xtrabackup;

/// <summary>The seeding container is killed, at every step that could leave half of something behind.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SeedingKillTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    private const int SentBytes = 20_000_000;

    /// <summary>A donor's backup tool that sends so many bytes and then the rest only when the test says so.</summary>
    internal static string SendsThenHolds(int bytes) => $$"""
        [[ " $* " == *" --backup "* ]] || exec "$real" "$@"
        "$real" "$@" | { head -c {{bytes}}; {{LabContainer.Hold}}; cat; }
        exit "${PIPESTATUS[0]}"
        """;

    [SkippableFact]
    [Trait("quick", "yes")]
    public async Task F01_a_clone_killed_in_mid_transfer_seeds_afresh()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        (await KilledInTransferAsync(lab)).Release();
        await lab.SeededAsync();
        Assert.False(Directory.Exists(Path.Combine(await lab.VolumeAsync("mysql-1"), "staging-clone")));
    }

    [SkippableFact]
    public async Task F07_leftovers_where_the_copy_is_received_do_not_become_part_of_it()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await KilledInTransferAsync(lab);
        var volume = await lab.VolumeAsync("mysql-1");
        // While the donor is held the next run has nothing to unpack; each of its attempts finds these, of names that the stream brings.
        var staging = Path.Combine(volume, "staging-clone");
        Directory.CreateDirectory(Path.Combine(staging, "mysql"));
        await File.WriteAllTextAsync(Path.Combine(staging, "ibdata1"), "not a tablespace");
        await File.WriteAllTextAsync(Path.Combine(staging, "mysql", "leftover.ibd"), "not a table");
        await FaultLab.GiveToServerAsync(staging);
        donor.Release();

        await lab.SeededAsync();
        Assert.False(File.Exists(Path.Combine(volume, "mysql", "mysql", "leftover.ibd")));
        Assert.False(Directory.Exists(staging));
    }

    [SkippableFact]
    public async Task F03_a_clone_killed_at_random_moments_still_ends_in_a_whole_copy()
    {
        const int Seed = 20240117;
        var moments = new Random(Seed);
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        lab.Lab.Scale(FaultLab.Set, 2);
        for (var kill = 0; kill < 4; kill++)
        {
            var clone = await lab.RunningAsync("mysql-1", "clone-mysql", restarts: kill);
            await Task.Delay(moments.Next(100, 2500));
            await lab.KillAsync(clone);
            if (lab.Container("mysql-1", "clone-mysql") is { Last.ExitCode: 0 })
            {
                break;
            }
        }

        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F02_a_clone_killed_while_it_prepares_seeds_afresh()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var clone = await HeldInCloneAsync(lab, "xtrabackup", $$"""
            [[ " $* " == *" --prepare "* ]] || exec "$real" "$@"
            "$real" "$@" & sleep 0.15; kill -STOP $!; {{LabContainer.Hold}}
            """);
        var volume = await lab.VolumeAsync("mysql-1");
        Assert.True(File.Exists(Path.Combine(volume, "staging-clone", "ibdata1")));

        await lab.KillAsync(clone);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(volume, "mysql")));
        await lab.SeededAsync();
    }

    [SkippableTheory]
    [InlineData("sync", "at the sync before the rename", false)]
    [InlineData("mv", "just before the rename", false)]
    [InlineData("mv", "just after the rename", true)]
    public async Task F03_a_clone_killed_between_prepare_and_taking_into_use_takes_all_or_nothing(string program, string when, bool taken)
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var clone = await HeldInCloneAsync(lab, program, program == "sync" ? LabContainer.Hold : $$"""
            [[ "$*" == */staging-clone\ */mysql ]] || exec "$real" "$@"
            {{(taken ? "\"$real\" \"$@\"" : ":")}}
            {{LabContainer.Hold}}
            """);
        var data = Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql");

        await lab.KillAsync(clone);
        Assert.True(taken == File.Exists(Path.Combine(data, "ibdata1")), $"{when}: {string.Join(' ', Directory.EnumerateFileSystemEntries(data))}");
        await lab.SeededAsync();
        Assert.Equal(taken, lab.Log("mysql-1", "clone-mysql").Contains("the volume holds data; nothing to seed", StringComparison.Ordinal));
    }

    // The donor, which stays held: the run after the one that is killed gets its stream when the donor is released.
    private static async Task<LabContainer> KilledInTransferAsync(FaultLab lab)
    {
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", SendsThenHolds(SentBytes));
        lab.Lab.Scale(FaultLab.Set, 2);
        await donor.HeldAsync();
        var clone = await lab.RunningAsync("mysql-1", "clone-mysql");
        var volume = await lab.VolumeAsync("mysql-1");
        var staging = Path.Combine(volume, "staging-clone");
        await lab.UntilAsync(() => Directory.Exists(staging) && Directory.EnumerateFiles(staging).Any(), "part of a copy to arrive");
        await lab.KillAsync(clone);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(volume, "mysql")));
        return donor;
    }

    /// <summary>Brings up a replica until a program of its seeding container comes to its hold; the donor waits until that program is in place.</summary>
    internal static async Task<LabContainer> HeldInCloneAsync(FaultLab lab, string program, string script, int ordinal = 1)
    {
        var donor = await lab.RunningAsync($"mysql-{ordinal - 1}", "xtrabackup");
        donor.Replace("xtrabackup", SendsThenHolds(1));
        lab.Lab.Scale(FaultLab.Set, ordinal + 1);
        await donor.HeldAsync();
        var clone = await lab.RunningAsync($"mysql-{ordinal}", "clone-mysql");
        clone.Replace(program, script);
        donor.Release();
        await clone.HeldAsync();
        return clone;
    }
}
