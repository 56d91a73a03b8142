using Xunit;

namespace Tests.Infra;

/// <summary>What restore.sh brings from a volume that was made from a snapshot.</summary>
public sealed class RestoreSnapshotTests
{
    private const string Id = "20261127T023000Z";

    [Fact]
    public async Task The_data_are_copied_proved_and_made_those_of_a_cluster_of_their_own()
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "good");
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith($"restored {Id} in ", run.Said[^1], StringComparison.Ordinal);
        Assert.Equal(["mysql/data-of-pod", "mysql/mysql/user.ibd", "mysql/restored-from", "mysql/root-password.digest"], pod.Files("volume").Keys);
        var statements = string.Join('\n', pod.Calls);
        Assert.Contains("  SET SESSION sql_log_bin = 0;\n  STOP REPLICA;\n  RESET REPLICA ALL;\n", statements, StringComparison.Ordinal);
        Assert.Contains("  SET SESSION sql_log_bin = 0;\n  DROP TABLE IF EXISTS mysql.cluster_identity;\n", statements, StringComparison.Ordinal);
        // Nothing but this one snapshot is asked for, and nothing is changed there.
        Assert.Equal([$"GET {ApiServer.Snapshots}/mysql-backup-20261127t023000z"], server.Requests.Distinct());
        Assert.Equal(["auto.cnf", "data-of-pod", "mysql/user.ibd"], pod.Files("snapshot/mysql").Keys);
    }

    [Theory]
    [InlineData("partial", 2, "REFUSED: 20261127T023000Z of mysql in the namespace shop is no backup: it is not there, or has no manifest, as it was not made to its end. Nothing was changed")]
    [InlineData("gone", 2, "REFUSED: 20261127T023000Z of mysql in the namespace shop is no backup: it is not there, or has no manifest, as it was not made to its end. Nothing was changed")]
    public async Task What_is_no_backup_is_refused(string state, int code, string said)
    {
        await using var server = new ApiServer();
        using var pod = Make(server, state);
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal((code, said), (run.ExitCode, run.Said[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Theory]
    [InlineData("gtid_executed", "x:1", "the backup has the transactions x:1, and its manifest says some-uuid:1-5. Nothing was changed")]
    [InlineData("CHECKSUM TABLE `shop`", "shop.orders\\t124", "the backup's tables are not those that it was made of: their checksums are others. Nothing was changed")]
    public async Task A_server_that_tells_otherwise_ends_it(string asked, string answer, string said)
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "good");
        pod.AnswersInstead(() => pod.Answers("*", asked, answer));
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal((4, said), (run.ExitCode, run.Said[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Fact]
    public async Task A_volume_without_data_is_not_restored()
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "good");
        Directory.Delete(pod.Path("snapshot/mysql"), recursive: true);
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal((4, $"the backup {Id} has no data that a server could start on (empty). Nothing was changed"), (run.ExitCode, run.Said[^1]));
    }

    private static ScriptPod Make(ApiServer server, string state)
    {
        var pod = SnapshotPods.Make(server);
        pod.Resolves("mysql");
        pod.Environment["RESTORE_BACKUP"] = Id;
        if (state != "gone")
        {
            server.HasSnapshots($"{Id} id-of-shop {state}");
        }

        pod.Write("snapshot/mysql/mysql/user.ibd", "users");
        pod.Write("snapshot/mysql/auto.cnf", "a uuid");
        pod.Write("snapshot/mysql/data-of-pod", "mysql-2\n");
        return pod;
    }
}
