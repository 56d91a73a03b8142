using Trials.Faults.Xtrabackup;
using Xunit;

namespace Trials.Faults.Classic;

/// <summary>
/// The classic scripts in the same harness: the faults that this project's scripts survive break them, so the suite can fail. Each test
/// asserts the harm that the table describes.
/// </summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class ClassicTests(ClassicFixture fixture) : IClassFixture<ClassicFixture>
{
    // The classic parsing knows two columns.
    private const string TwoColumns =
        """
        read -r file position rest <"$target/xtrabackup_binlog_info"
        printf '%s\t%s\n' "$file" "$position" >"$target/xtrabackup_binlog_info"
        """;

    private const string HoldsTheEndBack = $$"""
        [[ " $* " == *" --backup "* ]] || exec "$real" "$@"
        "$real" "$@" | { head -c -1000000; {{LabContainer.Hold}}; }
        exit 1
        """;

    [SkippableFact]
    public async Task Classic_scripts_seed_a_replica_that_follows_while_nothing_fails()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        await PreparedAsync(lab, TwoColumns);
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task Classic_F01_a_partial_copy_passes_for_complete_after_a_kill_in_mid_transfer()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", HoldsTheEndBack);
        lab.Lab.Scale(FaultLab.Set, 2);
        await donor.HeldAsync();
        var clone = await lab.RunningAsync("mysql-1", "clone-mysql");
        var data = Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql");
        await lab.UntilAsync(() => Directory.Exists(Path.Combine(data, "mysql")), "the directory mysql of a copy to arrive");
        await lab.KillAsync(clone);
        donor.Release();
        await TakenForCompleteAsync(lab, data);
    }

    [SkippableFact]
    public async Task Classic_F04_a_donors_backup_process_that_dies_leaves_a_partial_copy_in_use()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", HoldsTheEndBack);
        lab.Lab.Scale(FaultLab.Set, 2);
        await donor.HeldAsync();
        donor.Release();
        await TakenForCompleteAsync(lab, Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql"));
    }

    [SkippableFact]
    public async Task Classic_F05_a_stream_without_one_table_is_taken_for_complete()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", StreamTests.LeavesOut("faults/bulk.frm", "exit 1"));
        lab.Lab.Scale(FaultLab.Set, 2);
        await CloneEndsWellAsync(lab);
        await LacksAsync(lab, "faults.bulk");
    }

    [SkippableFact]
    public async Task Classic_F06_a_busy_donor_makes_the_seeding_prepare_nothing()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donor = await lab.RunningAsync("mysql-0", "xtrabackup");
        donor.Replace("xtrabackup", SeedingKillTests.SendsThenHolds(1));
        var other = lab.Lab.ExecAsync("mysql-0", "xtrabackup", ["bash", "-c", "ncat --recv-only mysql-0.mysql 3307 >/dev/null"], limit: TimeSpan.FromSeconds(60));
        await donor.HeldAsync();

        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.UntilAsync(() => lab.Container("mysql-1", "clone-mysql") is { Last.ExitCode: not 0 }, "the seeding to fail");
        Assert.Contains("+ xtrabackup --prepare", lab.Log("mysql-1", "clone-mysql"), StringComparison.Ordinal);
        donor.Release();
        await other;
    }

    [SkippableFact]
    public async Task Classic_F10_a_sidecar_killed_between_the_rename_and_its_SQL_never_replicates()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        await PreparedAsync(lab, TwoColumns);
        var server = await lab.RunningAsync("mysql-1", "mysql");
        LabContainer.Freeze(server.Process);
        var sidecar = await lab.RunningAsync("mysql-1", "xtrabackup");
        sidecar.Replace("mysql", $$"""
            [[ " $* " != *" -e "* ]] || exec "$real" "$@"
            {{LabContainer.Hold}}
            """);
        LabContainer.Thaw(server.Process);
        await sidecar.HeldAsync();
        await lab.KillAsync(sidecar);
        await NeverFollowsAsync(lab);
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("CHANGE MASTER TO MASTER_LOG_FILE='$file', MASTER_LOG_POS=$position;")]
    public async Task Classic_F12_slave_info_that_is_empty_or_ends_in_a_semicolon_is_run_as_SQL_and_fails(string info)
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        await PreparedAsync(lab, $$"""
            read -r file position rest <"$target/xtrabackup_binlog_info"
            printf '%s' "{{info}}" >"$target/xtrabackup_slave_info"
            """);
        await lab.SaysAsync("mysql-1", "xtrabackup", "ERROR 1064");
        await NeverFollowsAsync(lab);
    }

    private static async Task PreparedAsync(FaultLab lab, string change) =>
        (await SeedingKillTests.HeldInCloneAsync(lab, "xtrabackup", CoordinateTests.AfterPrepare(change))).Release();

    private static Task CloneEndsWellAsync(FaultLab lab) =>
        lab.UntilAsync(() => lab.Container("mysql-1", "clone-mysql") is { Status: "Terminated", Last.ExitCode: 0 }, "the seeding to end with exit code 0");

    private static async Task TakenForCompleteAsync(FaultLab lab, string data)
    {
        await CloneEndsWellAsync(lab);
        // The last file of every whole backup.
        Assert.False(File.Exists(Path.Combine(data, "xtrabackup_info")));
        await lab.UntilAsync(() => lab.Container("mysql-1", "mysql") is { Status: "Running" } or { Restarts: > 0 }, "a server to be started on it");
        await NeverFollowsAsync(lab);
    }

    private static async Task LacksAsync(FaultLab lab, string table)
    {
        await lab.UntilAsync(() => lab.Container("mysql-1", "mysql") is { Status: "Running" } or { Restarts: > 0 }, "a server to be started on it");
        Assert.NotEqual(await ChecksumAsync(lab, "mysql-0", table), await ChecksumAsync(lab, "mysql-1", table));
    }

    private static async Task<string> ChecksumAsync(FaultLab lab, string pod, string table)
    {
        for (var attempt = 0; attempt < 20; attempt++)
        {
            if (lab.Container(pod, "mysql") is { Pid: > 0 } && await lab.Cluster.TrySqlAsync(pod, $"CHECKSUM TABLE {table};") is { ExitCode: 0 } sum)
            {
                return sum.Output;
            }

            await Task.Delay(500);
        }

        return $"{pod} has no server that answers";
    }

    // What is written on the primary now is not on the replica after many times what a sound one takes, about a second.
    private static async Task NeverFollowsAsync(FaultLab lab)
    {
        await lab.WriteAsync();
        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.NotEqual(await ChecksumAsync(lab, "mysql-0", "faults.later"), await ChecksumAsync(lab, "mysql-1", "faults.later"));
    }
}
