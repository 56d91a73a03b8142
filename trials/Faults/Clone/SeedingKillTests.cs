using Xunit;

namespace Trials.Faults.Clone;

/// <summary>The seeding container is killed, at every step that could leave half of something behind.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class SeedingKillTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    [SkippableFact]
    [Trait("quick", "yes")]
    public async Task F02_a_clone_killed_while_its_copy_is_proved_seeds_afresh()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84);
        var seeder = await lab.HeldInSeederAsync("mysqld", $$"""
            [[ "$*" == *staging-clone/data* ]] || exec "$real" "$@"
            "$real" "$@" & sleep 0.3; kill -STOP $!; {{LabContainer.Hold}}
            """);
        await lab.KillAsync(seeder);
        Assert.Empty(await DataAsync(lab));
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F03_a_clone_killed_between_its_proof_and_taking_into_use_takes_all_or_nothing()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84);
        foreach (var (program, what, when, taken) in new[]
        {
            ("sync", "", "at the sync before the rename", false),
            ("mv", "*/staging-clone/data\\ */mysql", "just before the rename", false),
            ("mv", "*/staging-clone/data\\ */mysql", "just after the rename", true),
        })
        {
            var seeder = await lab.HeldInSeederAsync(program, program == "sync" ? LabContainer.Hold : $$"""
                [[ "$*" == {{what}} ]] || exec "$real" "$@"
                {{(taken ? "\"$real\" \"$@\"" : ":")}}
                {{LabContainer.Hold}}
                """);
            await lab.KillAsync(seeder);
            Assert.True(taken == (await DataAsync(lab)).Contains("ibdata1"), $"{when}: {string.Join(' ', await DataAsync(lab))}");
        }

        await lab.SeededAsync();
        Assert.Contains("the volume holds data; nothing to seed", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
        Assert.Equal(["mysql"], await VolumeAsync(lab));
    }

    [SkippableFact]
    public async Task F03_a_reseeding_killed_while_the_old_data_makes_way_for_the_new_seeds_afresh()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84);
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.ReadyAsync(2);
        await lab.ReseedAsync("mysql-1");
        var seeder = await lab.HeldInSeederAsync("mv", $$"""
            [[ "$*" == */mysql\ */discarded ]] || exec "$real" "$@"
            "$real" "$@"
            {{LabContainer.Hold}}
            """);
        await lab.KillAsync(seeder);
        await lab.SeededAsync();
        Assert.Equal(["mysql"], await VolumeAsync(lab));
    }

    [SkippableFact]
    public async Task F07_leftovers_where_the_copy_is_received_do_not_become_part_of_it()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql84);
        await lab.HeldInStageAsync("FILE COPY");
        lab.Lab.DeletePod("mysql-1", TimeSpan.Zero);
        await lab.ScaleAsync(1);
        var volume = await lab.VolumeAsync("mysql-1");
        foreach (var folder in new[] { "staging-clone/data/faults", "staging-clone/faults", "staging-scratch/faults", "discarded/faults" })
        {
            Directory.CreateDirectory(Path.Combine(volume, folder));
            await File.WriteAllTextAsync(Path.Combine(volume, folder, "leftover.ibd"), "not a table");
            await FaultLab.GiveToServerAsync(Path.Combine(volume, folder.Split('/')[0]));
        }

        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.SeededAsync();
        Assert.False(File.Exists(Path.Combine(volume, "mysql", "faults", "leftover.ibd")));
        Assert.Equal(["mysql"], await VolumeAsync(lab));
    }

    internal static async Task<IReadOnlyList<string>> DataAsync(FaultLab lab) => Names(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql"));

    // What a file system itself may keep there is no leftover.
    internal static async Task<IReadOnlyList<string>> VolumeAsync(FaultLab lab) => [.. Names(await lab.VolumeAsync("mysql-1")).Except(["lost+found"])];

    private static IReadOnlyList<string> Names(string folder) => [.. Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)).Order()];
}
