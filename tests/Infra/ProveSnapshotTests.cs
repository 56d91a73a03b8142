using Xunit;

namespace Tests.Infra;

/// <summary>What prove-snapshot.sh says of a snapshot when a server was started on it.</summary>
public sealed class ProveSnapshotTests
{
    private const string Id = "20261127T023000Z";

    [Fact]
    public async Task A_server_that_tells_what_it_should_makes_it_good()
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "partial");
        var run = await pod.RunAsync("prove-snapshot.sh");
        Assert.Equal((0, $"the backup {Id} is good: 1 tables, transactions some-uuid:1-5"), (run.ExitCode, run.Said[^1]));
        Assert.Equal("the-word good", server.Noted(Id, "proof"));
        Assert.StartsWith($"format 1\nid {Id}\nsystem mysql\nserver 8.4.3\nuuid 3c3c\ndonor mysql-2.mysql\nidentity id-of-shop\nexecuted {BackupPods.Executed}\ntables 1\n", server.Noted(Id, "manifest"), StringComparison.Ordinal);
        Assert.Matches("^manifest [0-9a-f]{64}$", server.Noted(Id, "verified")!);
        Assert.Matches($"\n{Id}  good ", (await pod.RunAsync("snapshot.sh", "list")).Output);
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));
    }

    [Theory]
    [InlineData("root:*|SELECT GTID_SUBTRACT|a:7", "ID lacks transactions that the server had before it was cut: a:7")]
    [InlineData("*|SELECT id FROM mysql.cluster_identity;|another", "ID is of the data of another, and the server that was cut had those of id-of-shop")]
    [InlineData("*|CHECKSUM TABLE `shop`|shop.orders\\tNULL", "not every table of ID can be read")]
    [InlineData("*|CHECKSUM TABLE `shop`|ERROR 2013 (HY000): Lost connection", "not every table of ID can be read")]
    public async Task A_server_that_tells_otherwise_does_not(string answer, string why)
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "partial");
        pod.AnswersInstead(() => pod.Answers(answer.Split('|')[0], answer.Split('|')[1], answer.Split('|')[2]));
        var run = await pod.RunAsync("prove-snapshot.sh");
        Assert.Equal((0, $"the backup {Id} is not called good"), (run.ExitCode, run.Said[^1]));
        Assert.Equal($"the-word not good: {why.Replace("ID", Id, StringComparison.Ordinal)}", server.Noted(Id, "proof"));
        Assert.Null(server.Noted(Id, "manifest"));
    }

    [Fact]
    public async Task What_no_server_starts_on_is_not_good()
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "partial");
        pod.Write("programs/mysqld.fails", string.Empty);
        Assert.Equal(0, (await pod.RunAsync("prove-snapshot.sh")).ExitCode);
        Assert.Equal($"the-word not good: no server starts on {Id}, which MySQL 8.4.3 wrote: [ERROR] [MY-010119] Aborting", server.Noted(Id, "proof"));
    }

    [Fact]
    public async Task A_volume_without_data_is_not_good()
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "partial");
        Directory.Delete(pod.Path("volume/mysql"), recursive: true);
        Assert.Equal(0, (await pod.RunAsync("prove-snapshot.sh")).ExitCode);
        Assert.Equal($"the-word not good: the volume of {Id} has no data that a server could start on: empty", server.Noted(Id, "proof"));
    }

    /// <summary>One that was good and is no longer what it was.</summary>
    [Theory]
    [InlineData("shop.orders\\t123", "the-word good", true)]
    [InlineData("shop.orders\\t124", "the-word not good: a server on 20261127T023000Z tells other transactions, or other rows, than one did when it was made", false)]
    public async Task What_was_proved_before_is_held_against_that(string told, string proof, bool good)
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "good");
        pod.Write("programs/answers", pod.Read("programs/answers").Replace("shop.orders\\t123", told, StringComparison.Ordinal));
        Assert.Equal(0, (await pod.RunAsync("prove-snapshot.sh")).ExitCode);
        Assert.Equal((proof, good), (server.Noted(Id, "proof"), server.Noted(Id, "verified") is not null));
    }

    [Theory]
    [InlineData(true, false, "the claim mysql-backup-proof is being removed: it is of a run that has ended")]
    [InlineData(false, true, "the claim mysql-backup-proof is gone")]
    public async Task The_claim_of_a_run_that_ended_is_not_proved(bool deleted, bool gone, string said)
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "partial");
        server.HasClaim(Id, deleted ? "2026-11-27T02:31:00Z" : null);
        if (gone)
        {
            server.Refuse("GET /api/", 404);
        }

        var run = await pod.RunAsync("prove-snapshot.sh");
        Assert.Equal((1, said), (run.ExitCode, run.Said[^1]));
        Assert.Null(server.Noted(Id, "proof"));
        Assert.Empty(pod.CallsOf("mysqld"));
    }

    [Fact]
    public async Task What_cannot_be_noted_is_said()
    {
        await using var server = new ApiServer();
        using var pod = Make(server, "partial");
        server.Refuse("PATCH", 403);
        var run = await pod.RunAsync("prove-snapshot.sh");
        Assert.Equal((3, $"what came of the proof of {Id} could not be noted: 403: refused by the test with 403"), (run.ExitCode, run.Said[^1]));
    }

    private static ScriptPod Make(ApiServer server, string state)
    {
        var pod = SnapshotPods.Make(server);
        pod.HasData("mysql-2");
        server.HasSnapshots($"{Id} id-of-shop {state}");
        server.HasClaim(Id);
        return pod;
    }
}
