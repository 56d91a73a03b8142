using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Tests.Infra;

/// <summary>What clone-mysql.sh decides before, around and after a transfer, on both sets of scripts; the transfer itself needs servers.</summary>
public sealed class SeedingTests
{
    [Theory]
    [InlineData("mysql-5.7", 0)]
    [InlineData("mysql-5.7", 1)]
    [InlineData("mysql-8.4", 0)]
    [InlineData("mysql-8.4", 1)]
    public async Task Data_that_is_there_is_kept_and_what_killed_runs_left_is_removed(string profile, int ordinal)
    {
        using var pod = new ScriptPod(profile, ordinal);
        pod.HasData($"mysql-{ordinal}");
        var data = pod.Files("volume/mysql");
        foreach (var left in (string[])["staging-clone", "staging-scratch", "staging-init", "discarded"])
        {
            pod.Write($"volume/{left}/mysql/user.ibd", "half");
        }

        var run = await pod.RunAsync("clone-mysql.sh");

        Assert.Equal(["the volume holds data; nothing to seed"], run.Said);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(data, pod.Files("volume/mysql"));
        Assert.Equal([pod.Path("volume/mysql")], Directory.EnumerateFileSystemEntries(pod.Path("volume")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));
    }

    [Theory]
    [InlineData("mysql-5.7", 0)]
    [InlineData("mysql-8.4", 1)]
    public async Task Data_that_no_server_could_run_on_is_not_touched(string profile, int ordinal)
    {
        using var pod = new ScriptPod(profile, ordinal);
        pod.Write("volume/mysql/mysql/user.ibd", "half");
        var volume = pod.Files("volume");

        var run = await pod.RunAsync("clone-mysql.sh");

        Assert.Equal(
            [
                "the directory mysql/ of the volume is not usable: it is part of a copy: no server has ever run on it. It is not touched. Way out: move it "
                + "away on the volume; this replica then seeds afresh.",
            ],
            run.Said);
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(volume, pod.Files("volume"));
    }

    [Fact]
    public async Task The_primary_is_never_seeded_again()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.HasData("mysql-0");
        pod.Write("volume/mysql/reseed", string.Empty);
        var volume = pod.Files("volume");

        var run = await pod.RunAsync("clone-mysql.sh");

        Assert.Equal(
            ["/volume/mysql/reseed is ignored: ordinal 0 is the primary, and the others have their data from it", "the volume holds data; nothing to seed"],
            run.Said);
        Assert.Equal(volume, pod.Files("volume"));
    }

    [Fact]
    public async Task An_empty_primary_of_5_7_has_nothing_to_wait_for()
    {
        using var pod = new ScriptPod("mysql-5.7", 0);
        var run = await pod.RunAsync("clone-mysql.sh");
        Assert.Equal((0, "ordinal 0 is the primary; nothing to seed"), (run.ExitCode, Assert.Single(run.Said)));
    }

    [Theory]
    [InlineData("mysql-5.7", "mysql/user.ibd")]
    [InlineData("mysql-8.4", "mysql/user.ibd")]
    [InlineData("mysql-8.4", "mysql/user.ibd auto.cnf")]
    public async Task A_replica_that_is_to_be_seeded_again_asks_for_data_and_keeps_the_old_until_it_has_it(string profile, string files)
    {
        using var pod = new ScriptPod(profile, 1) { Environment = { ["SEED_TIMEOUT_SECONDS"] = "0" } };
        foreach (var file in files.Split(' ').Append("reseed"))
        {
            pod.Write($"volume/mysql/{file}", "old");
        }

        var volume = pod.Files("volume");

        var run = await pod.RunAsync("clone-mysql.sh");

        Assert.Equal("mysql-0.mysql: the name does not resolve", run.Said[0]);
        Assert.Matches(
            "^no pod from mysql-0.mysql down to mysql-0.mysql gave a backup; no progress for [0-9]+ s. Last: mysql-0.mysql: the name does not resolve$",
            Assert.Single(run.Said.Skip(1)));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(volume, pod.Files("volume"));
    }

    [Fact]
    public async Task Without_the_Secret_nobody_is_asked_for_data()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        File.Delete(pod.Path("credentials/backup-password"));
        var run = await pod.RunAsync("clone-mysql.sh");
        Assert.Equal(["the Secret has no readable backup-password", "cannot ask for data without the Secret's passwords"], run.Said);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("mysql-5.7", 3, "2 1 0")]
    [InlineData("mysql-8.4", 3, "2 1 0 5")]
    [InlineData("mysql-8.4", 0, "3 5")]
    public async Task The_pod_before_this_one_is_asked_first(string profile, int ordinal, string donors)
    {
        using var pod = new ScriptPod(profile, ordinal);
        pod.KeepFunctionsOf("clone-mysql.sh");
        var others = ((int[])[0, 1, 2, 3, 5]).Where(other => ordinal > 0 || other > 2).ToList();
        pod.Resolves("mysql", [.. others.Select(other => $"10.0.0.{other}")]);
        foreach (var other in others)
        {
            pod.Resolves($"mysql-{other}.mysql", $"10.0.0.{other}");
        }

        Assert.Equal(donors, (await pod.CallAsync("clone-mysql.sh", "donors")).Output.TrimEnd().Replace('\n', ' '));
    }

    [Theory]
    [InlineData(true, "mv -T /volume/mysql /volume/discarded|sync --file-system /volume|")]
    [InlineData(false, "")]
    public async Task Data_that_came_whole_is_taken_into_use_by_one_rename_between_two_syncs(bool again, string before)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        pod.Write("volume/staging-clone/data/new", string.Empty);
        if (again)
        {
            pod.Write("volume/mysql/reseed", string.Empty);
        }

        await pod.CallAsync("clone-mysql.sh", "take_into_use; rm -rf \"$STAGING\"");

        Assert.Equal(
            "mv -T /volume/staging-clone/data/data-of-pod.new /volume/staging-clone/data/data-of-pod|sync --file-system /volume|"
            + $"{before}mv -T /volume/staging-clone/data /volume/mysql|sync --file-system /volume",
            string.Join('|', pod.Calls));
        Assert.Equal(["mysql/data-of-pod", "mysql/new"], pod.Files("volume").Keys);
    }

    [Theory]
    [InlineData("", 5_000_000_000, "120")]
    [InlineData("file copy", 5_000_000_000, "120")]
    [InlineData("redo copy", 5_000_000_000, "120")]
    [InlineData("file sync", 0, "120")]
    [InlineData("file sync", 5_000_000_000, "5120")]
    public async Task A_stage_that_waits_for_the_disk_alone_has_the_time_that_its_bytes_may_take(string stage, long bytes, string seconds)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        Assert.Equal(seconds, (await pod.CallAsync("clone-mysql.sh", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"STAGE='{stage}'; BYTES={bytes}; stall_limit"))).Output);
    }

    [Theory]
    [InlineData("file copy", "BYTES=5", 121, "mysql-0.mysql: no byte for 120 s (file copy); the connection is given up")]
    [InlineData("file sync", "BYTES=60000000", 181, "mysql-0.mysql: no byte for 180 s (file sync); the connection is given up")]
    [InlineData("", "false", 121, "mysql-0.mysql: no byte for 120 s; the connection is given up")]
    public async Task A_transfer_that_makes_no_progress_is_given_up(string stage, string measured, int seconds, string said)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");

        // As a plain variable, SECONDS moves only when the script sleeps.
        var run = await pod.CallAsync(
            "clone-mysql.sh",
            "unset SECONDS; SECONDS=0; sleep() { SECONDS=$((SECONDS + 1)); }; measure_transfer() { STAGE='" + stage + "'; " + measured + "; }; "
            + "give_up_transfer() { kill $1; echo $SECONDS; }; /bin/sleep 600 & watch_transfer $! mysql-0.mysql || true");

        Assert.Equal($"{seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)}\n", run.Output);
        Assert.Contains(said, run.Said);
    }

    [Theory]
    [InlineData("", 120, 121)]
    [InlineData("Executing FLUSH TABLES WITH READ LOCK...", 120, 121)]
    [InlineData("Starting to backup non-InnoDB tables and files", 120, 21)]
    [InlineData("Starting to backup non-InnoDB tables and files", 10, 11)]
    [InlineData("Starting to backup non-InnoDB tables and files\nAll tables unlocked", 120, 121)]
    public async Task A_donor_of_5_7_ends_a_backup_whose_receiver_takes_nothing_the_sooner_while_writers_wait(string report, int stall, int seconds)
    {
        using var pod = new ScriptPod("mysql-5.7", 0);
        pod.KeepFunctionsOf("serve-backup.sh");
        pod.Environment["SEED_STALL_SECONDS"] = stall.ToString(System.Globalization.CultureInfo.InvariantCulture);
        pod.Write("report", report);

        var run = await pod.CallAsync(
            "serve-backup.sh",
            $"cp '{pod.Path("report")}' \"$REPORTS/log\"; unset SECONDS; SECONDS=0; sleep() {{ SECONDS=$((SECONDS + 1)); }}; sent_bytes() {{ echo 5; }}; "
            + "/bin/sleep 600 & watch_backup $! || echo $SECONDS");

        Assert.Equal($"{seconds}\n", run.Output);
        Assert.Equal($"unknown: took nothing for {seconds - 1} s; its backup is ended", run.Said[^1]);
    }

    [Theory]
    [InlineData(200, "", "yes", "", "kept")]
    [InlineData(100, "", "no", "disk full: mysql-0.mysql sends about 100.0 MB, the volume has 100.0 MB left; make room or a larger claim", "kept")]
    [InlineData(100, "reseed", "yes", "the volume has 100.0 MB left and mysql-0.mysql sends about 100.0 MB: the old data has to go first", "gone")]
    [InlineData(200, "reseed", "yes", "", "kept")]
    public async Task Old_data_of_5_7_goes_first_only_where_there_is_no_room_for_both(int free, string marker, string room, string said, string old)
    {
        using var pod = new ScriptPod("mysql-5.7", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        pod.HasData("mysql-1");
        if (marker.Length > 0)
        {
            pod.Write($"volume/mysql/{marker}", string.Empty);
        }

        var run = await pod.CallAsync(
            "clone-mysql.sh",
            $"DONOR_BYTES=100000000; free_bytes() {{ echo {free.ToString(System.Globalization.CultureInfo.InvariantCulture)}000000; }}; du() {{ printf '50000000\\t%s\\n' \"$2\"; }}; make_room mysql-0.mysql && echo yes || echo no");

        Assert.Equal($"{room}\n", run.Output);
        Assert.Equal(said, run.Said.Count == 0 ? "" : run.Said[0]);
        Assert.Equal(old == "kept", File.Exists(pod.Path("volume/mysql/auto.cnf")));
    }

    [Theory]
    [InlineData("clone-mysql.sh")]
    [InlineData("backup-server.sh")]
    public async Task Nothing_of_5_7_is_sent_in_the_clear(string script)
    {
        using var pod = new ScriptPod("mysql-5.7", 1);
        pod.Resolves("mysql-0.mysql", "127.0.0.1");
        pod.Write("programs/ncat.plain", string.Empty);

        var run = await pod.RunAsync(script);

        Assert.Equal("this image's ncat was built without --ssl: no backup is sent in the clear; choose another image (images.xtrabackup)", run.Said[^1]);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("fetch() { mkdir -p \"$STAGING/data\"; }; take_into_use() { false; }")]
    [InlineData("fetch() { mkdir -p \"$STAGING/data\"; false; }")]
    public async Task An_attempt_that_failed_gives_its_room_back_and_leaves_the_old_data(string failure)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        pod.HasData("mysql-1");
        pod.Resolves("mysql-0.mysql", "10.0.0.10");

        var run = await pod.CallAsync("clone-mysql.sh", $"{failure}; seed_from 0 || echo failed");

        Assert.Equal("failed\n", run.Output);
        Assert.Equal([pod.Path("volume/mysql")], Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Fact]
    public async Task Five_transfers_that_failed_end_the_run()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");

        var run = await pod.CallAsync("clone-mysql.sh", "seed_from() { TRANSFERS=$((TRANSFERS + 1)); echo try; false; }; seed_replica");

        Assert.Equal("try\ntry\ntry\ntry\ntry\n", run.Output);
        Assert.Equal(["5 backups were asked for and none came whole and usable; the reasons stand above"], run.Said);
        Assert.Equal(["1", "2", "4", "8"], pod.CallsOf("sleep").Select(call => call[6..7]));
    }

    [Fact]
    public async Task Donors_are_asked_again_in_growing_steps_until_there_was_no_progress_for_too_long()
    {
        using var pod = new ScriptPod("mysql-8.4", 2);
        pod.KeepFunctionsOf("clone-mysql.sh");

        // As a plain variable, SECONDS moves only when the script sleeps; what it was while the script was read counts for nothing.
        var run = await pod.CallAsync(
            "clone-mysql.sh",
            "unset SECONDS; SECONDS=0; LAST_PROGRESS=0; sleep() { echo \"${1%.*}\"; SECONDS=$((SECONDS + 100)); }; seed_from() { log_wait \"no $1\"; false; }; seed_replica");

        Assert.Equal("1\n2\n4\n8\n8\n8\n", run.Output);
        Assert.Equal("no pod from mysql-1.mysql down to mysql-0.mysql gave a backup; no progress for 600 s. Last: no 0", run.Said[^1]);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("Too many concurrent clone operations", 0, "busy with another clone; waiting for a turn")]
    [InlineData("Concurrent clone in progress", 0, "busy with another clone; waiting for a turn")]
    [InlineData("Clone Donor Error: 1 : x", 1, "the clone failed: ERROR 3862 (HY000) at line 2: Clone Donor Error: 1 : x")]
    [InlineData("Plugin is not loaded", 1, "the clone failed: ERROR 3862 (HY000) at line 2: Plugin is not loaded")]
    public async Task A_donor_that_serves_another_is_no_failure(string error, int transfers, string said)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        var run = await pod.CallAsync("clone-mysql.sh", $"TRANSFERS=1; explain_failure mysql-0.mysql 'ERROR 3862 (HY000) at line 2: {error}'; echo $TRANSFERS");
        Assert.Equal(($"mysql-0.mysql: {said}", $"{transfers}\n"), (Assert.Single(run.Said), run.Output));
    }

    [Theory]
    [InlineData("No space left on device", true, false)]
    [InlineData("No space left on device", false, true)]
    [InlineData("Clone Donor Error: disk full", true, true)]
    public async Task Old_data_makes_way_only_for_this_volume_s_full_disk_and_only_where_a_person_gave_it_up(string error, bool givenUp, bool kept)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        pod.HasData("mysql-1");
        if (givenUp)
        {
            pod.Write("volume/mysql/reseed", string.Empty);
        }

        await pod.CallAsync("clone-mysql.sh", $"explain_failure mysql-0.mysql 'ERROR 3862 (HY000) at line 2: {error}'");

        Assert.Equal(kept, Directory.Exists(pod.Path("volume/mysql")));
    }

    [Theory]
    [InlineData(0, "file=mysql-bin.000003\nposition=154\ndonor=mysql-0.mysql\n")]
    [InlineData(2, "file=mysql-bin.000007\nposition=999\ndonor=mysql-2.mysql\n")]
    public async Task A_copy_of_5_7_stands_where_the_primary_stood_or_where_the_replica_was_in_the_primary_s_log(int donor, string coordinates)
    {
        using var pod = Backup();
        pod.Write("volume/staging-clone/xtrabackup_binlog_info", "mysql-bin.000003\t154\n");
        pod.Write("volume/staging-clone/xtrabackup_slave_info", "CHANGE MASTER TO MASTER_LOG_FILE='mysql-bin.000007', MASTER_LOG_POS=999;\n");

        await pod.CallAsync("clone-mysql.sh", $"note_coordinates {donor}");

        Assert.Equal($"0640 {coordinates}", pod.Files("volume/staging-clone")["seed-coordinates"]);
    }

    [Theory]
    [InlineData("the proof", "x", "x", true, "")]
    [InlineData("a proof", "x", "x", false, "mysql-0.mysql: the stream ended before the backup was complete; what came is thrown away")]
    [InlineData(null, "x", "x", false, "mysql-0.mysql: the stream ended before the backup was complete; what came is thrown away")]
    [InlineData("the proof", "", "x", false, "mysql-0.mysql: the backup has no xtrabackup_checkpoints; it is thrown away")]
    [InlineData("the proof", "x", "", false, "mysql-0.mysql: the backup has no xtrabackup_info; it is thrown away")]
    public async Task A_backup_of_5_7_is_complete_when_the_donor_s_last_word_came(string? last, string checkpoints, string info, bool complete, string said)
    {
        using var pod = Backup();
        pod.Write("volume/staging-clone/xtrabackup_checkpoints", checkpoints);
        pod.Write("volume/staging-clone/xtrabackup_info", info);
        if (last is not null)
        {
            pod.Write("volume/staging-clone/backup-complete", last);
        }

        var run = await pod.CallAsync("clone-mysql.sh", "proof() { printf 'the proof'; }; ! is_complete mysql-0.mysql || echo complete");

        Assert.Equal((complete ? "complete\n" : "", said), (run.Output, string.Join('\n', run.Said)));
    }

    [Fact]
    public async Task Of_a_backup_of_5_7_what_belonged_to_the_donor_alone_is_removed()
    {
        using var pod = Backup();
        foreach (var file in (string[])["auto.cnf", "data-of-pod", "master.info", "relay-log.info", "backup-complete", "ibdata1", "seed-coordinates"])
        {
            pod.Write($"volume/staging-clone/{file}", string.Empty);
        }

        await pod.CallAsync("clone-mysql.sh", "strip");

        Assert.Equal(["ibdata1", "seed-coordinates"], pod.Files("volume/staging-clone").Keys);
    }

    [Fact]
    public async Task A_proof_shows_who_knows_the_password_in_which_role_and_for_which_connection()
    {
        using var pod = new ScriptPod("mysql-5.7", 1);

        var run = await pod.CallAsync(
            "lib.sh proof.sh", "load_secrets; for of in 'client a b' 'server-busy a b' 'client b a'; do proof $of; echo; done; nonce");

        var lines = run.Output.Split('\n');
        Assert.Equal(4, lines.Distinct().Count());
        Assert.NotEqual(lines[3][..32], lines[3][32..]);
        Assert.All(lines, line => Assert.Matches("^[0-9a-f]{64}$", line));
        var inner = Sha256("inner backuppassword client a b");
        Assert.Equal(Sha256($"outer backuppassword {inner}"), lines[0]);
    }

    private static ScriptPod Backup()
    {
        var pod = new ScriptPod("mysql-5.7", 1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        return pod;
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
