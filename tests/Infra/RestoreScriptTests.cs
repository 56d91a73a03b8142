using Xunit;

namespace Tests.Infra;

/// <summary>What restore.sh brings to an empty volume, and what it refuses.</summary>
public sealed class RestoreScriptTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_volume_gets_every_file_of_the_backup_and_an_identity_of_its_own(bool remote)
    {
        using var pod = await WithBackupAsync(remote);
        var id = pod.Ids(remote ? BackupPods.Remote : "store")[0];
        pod.Write("programs/calls", string.Empty);

        var run = await pod.RunAsync("restore.sh");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal($"restoring {id} of mysql: 0.0 MB, 1 tables, made by MySQL 8.4.3, transactions some-uuid:1-5", run.Said[0]);
        Assert.StartsWith($"restored {id} in ", run.Said[^1], StringComparison.Ordinal);
        var files = pod.Files("volume");
        Assert.Equal(
            ["mysql/data-of-pod", "mysql/mysql/user.ibd", "mysql/restored-from", "mysql/root-password.digest", "mysql/shop/empty.ibd", "mysql/shop/orders.ibd"],
            files.Keys);
        Assert.True(Directory.Exists(pod.Path("volume/mysql/no_tables")));
        Assert.Equal(pod.Read("programs/copied/shop/orders.ibd"), pod.Read("volume/mysql/shop/orders.ibd"));
        Assert.Equal("mysql-0\n", pod.Read("volume/mysql/data-of-pod"));
        Assert.Equal("0750", pod.Mode("volume/mysql"));
        var statements = string.Join('\n', pod.Calls);
        Assert.Contains("  SET SESSION sql_log_bin = 0;\n  DROP TABLE IF EXISTS mysql.cluster_identity;\n  CREATE TABLE IF NOT EXISTS mysql.cluster_identity", statements, StringComparison.Ordinal);
        // Durable before it is there under its name.
        Assert.Equal(["sync --file-system /volume", "mv -T /volume/staging-restore-some-uuid/data /volume/mysql", "sync --file-system /volume"], pod.Calls.Where(call => call.EndsWith("/volume", StringComparison.Ordinal) || call.EndsWith("/volume/mysql", StringComparison.Ordinal)).TakeLast(3));
    }

    [Fact]
    public async Task A_second_run_finds_its_own_work_done()
    {
        using var pod = await WithBackupAsync();
        Assert.Equal(0, (await pod.RunAsync("restore.sh")).ExitCode);
        var volume = pod.Files("volume");
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal((0, $"this volume was restored before, from {pod.Ids()[0]} of mysql in /store, as is asked now; nothing is left to do"), (run.ExitCode, Assert.Single(run.Said)));
        Assert.Equal(volume, pod.Files("volume"));
    }

    /// <summary>Another claim, say, is at the same place in the pod.</summary>
    [Fact]
    public async Task What_was_restored_as_something_else_was_asked_for_is_data_like_any()
    {
        using var pod = await WithBackupAsync();
        Assert.Equal(0, (await pod.RunAsync("restore.sh")).ExitCode);
        pod.Environment["RESTORE_REQUEST"] = "f6e7d8c9b0";
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("REFUSED: the volume of data-mysql-0 holds data (complete)", run.Said[^1], StringComparison.Ordinal);
    }

    /// <summary>The primary of a cluster that runs lost its volume, and a Job that was done and cleaned away is made again.</summary>
    [Fact]
    public async Task While_servers_of_the_system_run_an_empty_volume_is_not_filled()
    {
        using var pod = await WithBackupAsync();
        pod.Resolves("mysql", "10.0.0.2", "10.0.0.3");
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal(
            (2, "REFUSED: the volume is empty, but pods of this system are running (10.0.0.2, 10.0.0.3): its primary lost its volume, and has its data back from them. A restore would give it old ones. Nothing was changed. Way out: take restore away"),
            (run.ExitCode, Assert.Single(run.Said)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Theory]
    [InlineData("another", "latest", 2)]
    [InlineData("id-of-shop", "latest", 0)]
    [InlineData("another", "ID", 0)]
    public async Task Latest_is_refused_where_good_backups_are_of_more_than_one_cluster(string other, string asked, int code)
    {
        using var pod = await WithBackupAsync();
        var id = pod.Ids()[0];
        await pod.HasBackupsAsync($"20200101T000000Z {other} good\n20200102T000000Z third unproved");
        pod.Environment["RESTORE_BACKUP"] = asked == "ID" ? id : asked;
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal(code, run.ExitCode);
        if (code != 0)
        {
            Assert.Equal(
                $"REFUSED: /store has good backups of more than one cluster called mysql, and latest does not say whose: 20200101T000000Z of another, {id} of id-of-shop. Nothing was changed. Way out: name the backup by its id",
                run.Said[^1]);
        }
    }

    /// <summary>A run that ends takes nothing with it but its own; one that begins is alone, and clears up.</summary>
    [Fact]
    public async Task Another_runs_staging_is_left_alone_at_the_end()
    {
        using var pod = await WithBackupAsync();
        pod.HasData("mysql-0");
        pod.Write("volume/staging-restore-of-another/data/file", "half");
        Assert.Equal(2, (await pod.RunAsync("restore.sh")).ExitCode);
        Assert.True(File.Exists(pod.Path("volume/staging-restore-of-another/data/file")));
        Directory.Delete(pod.Path("volume/mysql"), recursive: true);
        Assert.Equal(0, (await pod.RunAsync("restore.sh")).ExitCode);
        Assert.Equal(["mysql"], Directory.EnumerateFileSystemEntries(pod.Path("volume")).Select(path => System.IO.Path.GetFileName(path)));
    }

    [Fact]
    public async Task On_data_that_are_there_it_is_refused()
    {
        using var pod = await WithBackupAsync();
        pod.HasData("mysql-0");
        var volume = pod.Files("volume");
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal(2, run.ExitCode);
        Assert.Equal(
            "REFUSED: the volume of data-mysql-0 holds data (complete), and a restore is for a new system only. Nothing was changed. Way out: give the system that is to be restored another name; or take restore away, if these data are what you want",
            Assert.Single(run.Said));
        Assert.Equal(volume, pod.Files("volume"));
    }

    [Theory]
    [InlineData("latest", "", 2, "REFUSED: there is no good backup of mysql in /store. Nothing was changed")]
    [InlineData("20261127T023000Z", "", 2, "REFUSED: 20261127T023000Z of mysql in /store is no backup: it is not there, or has no manifest, as it was not made to its end. Nothing was changed")]
    [InlineData("latest", "verified", 2, "REFUSED: there is no good backup of mysql in /store. Nothing was changed")]
    [InlineData("ID", "manifest", 2, "REFUSED: ID of mysql in /store is no backup: it is not there, or has no manifest, as it was not made to its end. Nothing was changed")]
    [InlineData("ID", "files", 4, "the backup ID is damaged, and not restored; the reason stands above. Nothing was changed")]
    [InlineData("ID", "data/shop/orders.ibd.zst", 4, "the backup ID is damaged, and not restored; the reason stands above. Nothing was changed")]
    public async Task What_is_not_a_whole_backup_is_not_restored(string backup, string missing, int code, string said)
    {
        using var pod = await WithBackupAsync();
        var id = pod.Ids()[0];
        pod.Environment["RESTORE_BACKUP"] = backup == "ID" ? id : backup;
        if (missing.Length == 0)
        {
            Directory.Delete(pod.Path("store/mysql"), recursive: true);
        }
        else
        {
            File.Delete(pod.Path($"store/mysql/{id}/{missing}"));
        }

        var run = await pod.RunAsync("restore.sh");

        Assert.Equal((code, said.Replace("ID ", $"{id} ", StringComparison.Ordinal)), (run.ExitCode, run.Said[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Theory]
    [InlineData("gtid_executed", "x:1", "the backup has the transactions x:1, and its manifest says some-uuid:1-5. Nothing was changed")]
    [InlineData("CHECKSUM TABLE `shop`", "shop.orders\\t124", "the backup's tables are not those that it was made of: shop.orders\t123. Nothing was changed")]
    public async Task A_server_that_tells_otherwise_ends_it(string asked, string answer, string said)
    {
        using var pod = await WithBackupAsync();
        pod.AnswersInstead(() => pod.Answers("*", asked, answer));

        var run = await pod.RunAsync("restore.sh");

        Assert.Equal((4, said), (run.ExitCode, run.Said[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Fact]
    public async Task A_store_that_refuses_changes_nothing()
    {
        using var pod = await WithBackupAsync(remote: true);
        pod.Write("programs/rclone.denied", string.Empty);
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal((3, "the store cannot be read. Nothing was changed"), (run.ExitCode, run.Said[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Fact]
    public async Task Killed_at_any_moment_the_volume_is_empty_or_whole()
    {
        using var pod = await WithBackupAsync();
        foreach (var moment in (double[])[0.2, 0.5, 0.8, 1.2, 1.8])
        {
            await pod.KillAsync("restore.sh", TimeSpan.FromSeconds(moment));
            Assert.True(!Directory.Exists(pod.Path("volume/mysql")) || File.Exists(pod.Path("volume/mysql/restored-from")));
        }

        Assert.Equal(0, (await pod.RunAsync("restore.sh")).ExitCode);
        Assert.Equal(pod.Read("programs/copied/shop/orders.ibd"), pod.Read("volume/mysql/shop/orders.ibd"));
    }

    private static async Task<ScriptPod> WithBackupAsync(bool remote = false)
    {
        var pod = BackupPods.Make();
        if (remote)
        {
            pod.UsesRemote();
        }

        await pod.HasBackupAsync(remote ? BackupPods.Remote : "store");
        return pod;
    }
}
