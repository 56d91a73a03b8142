using Xunit;

namespace Trials.Faults.Xtrabackup;

/// <summary>What the backup tool says about where a copy stands comes in shapes that the classic parsing garbles; and what else comes along.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class CoordinateTests(SeedingFixture fixture) : IClassFixture<SeedingFixture>
{
    [SkippableFact]
    public async Task F11_binlog_info_with_a_GTID_column_that_wraps_is_read_by_field()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var clone = await SeedingKillTests.HeldInCloneAsync(lab, "xtrabackup", AfterPrepare(
            """
            cp "$target/xtrabackup_binlog_info" /tmp/original
            read -r file position sets <"$target/xtrabackup_binlog_info"
            printf '%s\t%s\t%s,\n%s:1-77,\n%s:1-5\n' "$file" "$position" "$sets" 3e11fa47-71ca-11e1-9e33-c80aa9429562 7a2c1d11-71ca-11e1-9e33-c80aa9429563 >"$target/xtrabackup_binlog_info"
            """));
        var original = (await File.ReadAllTextAsync(clone.Path("/tmp/original"))).Trim().Split('\t');
        Assert.Equal(3, original.Length);
        clone.Release();

        await lab.SeededAsync();
        var used = await File.ReadAllTextAsync(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql", "seed-coordinates.used"));
        Assert.StartsWith($"file={original[0]}\nposition={original[1]}\n", used, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task F12_an_unusable_slave_info_is_refused_another_donor_taken_and_nothing_of_it_executed()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        lab.Lab.Scale(FaultLab.Set, 2);
        await lab.ReadyAsync(2);
        var clone = await SeedingKillTests.HeldInCloneAsync(lab, "xtrabackup", AfterPrepare(
            """[[ -e /tmp/held ]] || : >"$target/xtrabackup_slave_info" """), ordinal: 2);
        clone.Release();
        await lab.SeededAsync(3);
        var log = lab.Log("mysql-2", "clone-mysql");
        Assert.Contains("mysql-1.mysql: no usable coordinates in xtrabackup_slave_info", log, StringComparison.Ordinal);
        Assert.Contains("seeded from mysql-0.mysql", log, StringComparison.Ordinal);

        const string Usable = "file=mysql-bin.000003\nposition=481";
        await ReadsAsync(lab, "CHANGE MASTER TO MASTER_LOG_FILE='mysql-bin.000003', MASTER_LOG_POS=481", Usable);
        await ReadsAsync(lab, "CHANGE MASTER TO MASTER_LOG_FILE='mysql-bin.000003', MASTER_LOG_POS=481;", Usable);
        await ReadsAsync(lab, "SET GLOBAL gtid_slave_pos = '0-100-3';\nCHANGE MASTER TO master_log_file='mysql-bin.000003', master_log_pos=481;", Usable);
        await ReadsAsync(lab, "CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='mysql-bin.000003', SOURCE_LOG_POS=481;", Usable);
        await ReadsAsync(lab, "", null);
        await ReadsAsync(lab, "CHANGE MASTER TO MASTER_LOG_FILE='mysql-bin.000003'; DROP DATABASE faults, MASTER_LOG_POS=481;", null);
        await ReadsAsync(lab, "SET GLOBAL gtid_purged='u:1-3'; CHANGE MASTER TO MASTER_AUTO_POSITION=1;", null);
    }

    [SkippableFact]
    public async Task F23_a_copied_auto_cnf_never_gives_two_servers_one_uuid()
    {
        var lab = await fixture.AloneAsync(this, ServerTerms.MySql57);
        var donors = await File.ReadAllTextAsync(Path.Combine(await lab.VolumeAsync("mysql-0"), "mysql", "auto.cnf"));
        var clone = await SeedingKillTests.HeldInCloneAsync(lab, "xtrabackup", AfterPrepare($"printf '%s' '{donors}' >\"$target/auto.cnf\""));
        Assert.Equal(donors, await File.ReadAllTextAsync(Path.Combine(await lab.VolumeAsync("mysql-1"), "staging-clone", "auto.cnf")));
        clone.Release();

        await lab.SeededAsync();
        Assert.Contains("server-uuid=", donors, StringComparison.Ordinal);
        var replicas = await File.ReadAllTextAsync(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql", "auto.cnf"));
        Assert.Contains("server-uuid=", replicas, StringComparison.Ordinal);
        Assert.NotEqual(donors, replicas);
        Assert.Equal("100", await lab.Cluster.SqlAsync("mysql-0", "SELECT @@server_id;"));
        Assert.Equal("101", await lab.Cluster.SqlAsync("mysql-1", "SELECT @@server_id;"));
    }

    internal static string AfterPrepare(string change) => $$"""
        [[ " $* " == *" --prepare "* ]] || exec "$real" "$@"
        "$real" "$@" || exit
        set -e
        target=$*
        target=${target##*--target-dir=}
        {{change}}
        {{LabContainer.Hold}}
        """;

    private static async Task ReadsAsync(FaultLab lab, string text, string? expected)
    {
        const string Read = ". /mnt/scripts/lib.sh; . /mnt/scripts/coordinates.sh; printf '%s\\n' \"$1\" >/tmp/info; coordinates_of_replica /tmp/info";
        var read = await lab.Lab.ExecAsync("mysql-1", "xtrabackup", ["bash", "-c", Read, "coordinates", text]);
        Assert.Equal(expected is null ? string.Empty : expected, read.StandardOutput.Trim());
        Assert.Equal(expected is null, read.ExitCode != 0);
    }
}
