using Xunit;

namespace Tests.Infra;

/// <summary>What snapshot.sh makes of a volume, what it calls good, what it removes, and what it leaves when it ends in the midst of it.</summary>
public sealed class SnapshotScriptTests
{
    [Fact]
    public async Task A_replicas_volume_is_cut_while_its_server_is_held_and_it_is_good_when_another_pod_says_so()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        var made = string.Empty;
        server.OnSnapshot += snapshot => made = snapshot.ToJsonString();

        var run = await pod.RunAsync("snapshot.sh", "make");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Output));
        var id = Assert.Single(server.Ids());
        Json.Equal(
            $$"""
            { "apiVersion": "snapshot.storage.k8s.io/v1", "kind": "VolumeSnapshot",
              "metadata": {
                "name": "mysql-backup-{{id.ToLowerInvariant()}}",
                "labels": { "app": "mysql-backup", "app.kubernetes.io/component": "snapshot", "app.kubernetes.io/instance": "mysql" },
                "annotations": { "backup.mysql/begun": "id-of-shop", "backup.mysql/taken": "server 8.4.3\nuuid 3c3c\ndonor mysql-2.mysql\nidentity id-of-shop\nexecuted {{BackupPods.Executed}}" } },
              "spec": { "volumeSnapshotClassName": "csi-snap", "source": { "persistentVolumeClaimName": "data-mysql-2" } },
              "status": { "creationTime": "2026-11-27T02:30:01Z", "readyToUse": true, "restoreSize": "10Gi" } }
            """,
            System.Text.Json.Nodes.JsonNode.Parse(made));
        Assert.Contains("cut the volume of mysql-2.mysql, the claim data-mysql-2", run.Said);
        Assert.StartsWith($"done: backup {id} from mysql-2.mysql in ", run.Said[^1], StringComparison.Ordinal);
        // No pod but while there is something to prove, and none before the claim is there.
        Assert.Equal([$"PATCH {ApiServer.Scale}", $"DELETE {SnapshotPods.Claim}", $"POST {ApiServer.Snapshots}", $"POST {ApiServer.Claims}", $"PATCH {ApiServer.Scale}", $"PATCH {ApiServer.Scale}", $"DELETE {SnapshotPods.Claim}"], server.Requests.Where(request => !request.StartsWith("GET", StringComparison.Ordinal)));
        Assert.Equal(0, server.Proofs);
        // Held before it was asked for, by a session that tells the server when to end by itself.
        var statements = string.Join('\n', pod.Calls);
        Assert.Contains("SET SESSION lock_wait_timeout = 60, wait_timeout = 10;\n  LOCK INSTANCE FOR BACKUP;\n  DO SLEEP(IF(@@global.innodb_flush_log_at_trx_commit = 1, 0, @@global.innodb_flush_log_at_timeout + 1));\n  SELECT 'locked';\n  DO SLEEP(1);\n", statements, StringComparison.Ordinal);
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));

        var list = await pod.RunAsync("snapshot.sh", "list");
        Assert.Matches($"^BACKUP +STATE +MB +MB PACKED +TABLES +SERVER +DATA OF\n{id}  good +0\\.0 +0\\.0 +1  8\\.4\\.3 +id-of-shop\n$", list.Output);
        var show = await pod.RunAsync("snapshot.sh", "show", "latest");
        Assert.StartsWith($"state good\nformat 1\nid {id}\n", show.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_claim_for_the_proof_is_of_the_class_and_size_of_what_was_cut()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        var made = string.Empty;
        server.OnProof += (_, claim) => made = claim["spec"]!.ToJsonString();
        Assert.Equal(0, (await pod.RunAsync("snapshot.sh", "make")).ExitCode);
        Json.Equal(
            $$"""
            { "storageClassName": "csi", "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "12Gi" } },
              "dataSource": { "apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "mysql-backup-{{server.Ids()[0].ToLowerInvariant()}}" } }
            """,
            System.Text.Json.Nodes.JsonNode.Parse(made));
    }

    [Fact]
    public async Task Of_no_sound_replica_the_primary_is_cut()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        pod.Resolves("mysql", "10.0.0.1");
        pod.Resolves("mysql-2.mysql");
        pod.Answers("backup:*@mysql-0.mysql", "LOCK INSTANCE FOR BACKUP", "locked");
        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal((0, true), (run.ExitCode, run.Said.Contains("cut the volume of mysql-0.mysql, the claim data-mysql-0")));
    }

    [Fact]
    public async Task What_another_pod_does_not_call_good_is_no_backup_and_stays_until_a_later_run()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves("not good: no server starts on it");
        var run = await pod.RunAsync("snapshot.sh", "make");
        var id = Assert.Single(server.Ids());
        Assert.Equal((4, $"the backup {id} did not pass its test, and is not called good: no server starts on it"), (run.ExitCode, run.Said[^1]));
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
        Assert.Equal((2, $"there is no good backup of mysql in the namespace shop"), ((await pod.RunAsync("snapshot.sh", "show", "latest")).ExitCode, (await pod.RunAsync("snapshot.sh", "show", "latest")).Said[^1]));
    }

    [Fact]
    public async Task Those_that_are_too_many_go_and_never_the_newest_good_one_nor_another_clusters()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        server.HasSnapshots("20200101T000000Z another good\n20200102T000000Z id-of-shop good\n20200103T000000Z id-of-shop good\n20200104T000000Z id-of-shop partial\n20200105T000000Z id-of-shop unproved\n20200109T000000Z id-of-shop good");
        pod.Environment["KEEP_COUNT"] = "2";
        Assert.Equal(0, (await pod.RunAsync("snapshot.sh", "make")).ExitCode);
        Assert.Equal(["20200101T000000Z", "20200109T000000Z"], server.Ids().SkipLast(1));
    }

    [Fact]
    public async Task Where_the_new_one_is_not_good_the_newest_good_one_stays_however_old()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves("not good: rows");
        server.HasSnapshots("20200102T000000Z id-of-shop good\n20200109T000000Z id-of-shop good");
        pod.Environment["KEEP_COUNT"] = "1";
        pod.Environment["KEEP_DAYS"] = "1";
        Assert.Equal(4, (await pod.RunAsync("snapshot.sh", "make")).ExitCode);
        Assert.Equal("20200109T000000Z", server.Ids()[0]);
        Assert.Equal(2, server.Ids().Count);
    }

    [Theory]
    [InlineData("GET /apis", 403, "no backup: the store cannot be read")]
    [InlineData("POST /apis", 404, "no backup: there is no snapshot; the reason stands above")]
    [InlineData("POST /apis", 409, "no backup: there is no snapshot; the reason stands above")]
    [InlineData("POST /apis", 500, "no backup: there is no snapshot; the reason stands above")]
    [InlineData("POST /api/", 403, "whether the backup ID is good could not be seen; the reason stands above")]
    [InlineData("PATCH /apis/apps", 403, "no backup: of mysql-backup-proof it cannot be said how many pods it has: 403: refused by the test with 403")]
    [InlineData("DELETE /api/", 403, "no backup: the claim mysql-backup-proof of an earlier run cannot be removed: 403: refused by the test with 403")]
    public async Task What_the_API_server_refuses_ends_it_and_nothing_is_left(string request, int status, string said)
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        var id = string.Empty;
        server.OnSnapshot += snapshot => id = ((string)snapshot["metadata"]!["name"]!)[^16..].ToUpperInvariant();
        server.Refuse(request, status);
        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal((3, said.Replace("ID", id, StringComparison.Ordinal)), (run.ExitCode, run.Said[^1]));
        Assert.Empty(server.Ids());
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
    }

    /// <summary>By 503, or by a connection that ends in the midst of the answer, after it was done.</summary>
    [Theory]
    [InlineData(503)]
    [InlineData(0)]
    public async Task An_API_server_that_comes_back_is_asked_again(int status)
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        foreach (var request in (string[])["GET /apis", "POST /apis", "POST /api/", "GET /api/", "DELETE /api/", "PATCH /apis/apps"])
        {
            server.Refuse(request, status, times: 2);
        }

        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal(0, run.ExitCode);
        Assert.Single(server.Ids());
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
    }

    [Theory]
    [InlineData("""{ "readyToUse": false, "error": { "message": "the disk is full" } }""", "no backup: there is no snapshot; the reason stands above", "the volume of mysql-2.mysql is cut: not within 1 s. waiting until the volume of mysql-2.mysql is cut; the storage says: the disk is full")]
    [InlineData("""{ "creationTime": "2026-11-27T02:30:01Z", "readyToUse": false }""", "no backup: the snapshot cannot be used; the reason stands above", "the snapshot can be used: not within 1 s. waiting until the snapshot can be used")]
    public async Task A_snapshot_that_does_not_come_is_given_up_and_removed(string status, string said, string before)
    {
        await using var server = new ApiServer { OnSnapshot = snapshot => snapshot["status"] = System.Text.Json.Nodes.JsonNode.Parse(status) };
        using var pod = SnapshotPods.Make(server);
        pod.Environment["DEADLINE_SECONDS"] = "1";
        pod.Environment["CUT_SECONDS"] = "1";
        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal((3, said, before), (run.ExitCode, run.Said[^1], run.Said[^2]));
        Assert.Empty(server.Ids());
    }

    [Theory]
    [InlineData("ERROR 1205 (HY000): Lock wait timeout exceeded", "ERROR 1205 (HY000): Lock wait timeout exceeded")]
    [InlineData("", "it does not say that it is, for 2 s")]
    public async Task A_server_that_cannot_be_held_is_not_cut_and_not_waited_for_without_end(string answer, string why)
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        pod.Environment["LOCK_SECONDS"] = "1";
        pod.Environment["CUT_SECONDS"] = "1";
        pod.Write("programs/answers", pod.Read("programs/answers").Replace("locked", answer, StringComparison.Ordinal));
        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(
            [$"mysql-2.mysql: its server cannot be held: {why}", "no backup: the server of mysql-2.mysql cannot be held; the reason stands above"],
            run.Said.TakeLast(2));
        Assert.Empty(server.Ids());
    }

    [Fact]
    public async Task A_server_that_was_let_go_before_its_volume_was_cut_gives_no_backup()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        pod.Write("programs/mysql.lets-go", string.Empty);
        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal((1, "no backup: mysql-2.mysql was not held until its volume was cut: it took too long"), (run.ExitCode, run.Said[^1]));
        Assert.Empty(server.Ids());
    }

    [Fact]
    public async Task Without_a_pod_that_proves_it_there_is_no_backup_and_nothing_is_left()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        pod.Environment["DEADLINE_SECONDS"] = "1";
        var run = await pod.RunAsync("snapshot.sh", "make");
        Assert.Equal(3, run.ExitCode);
        Assert.EndsWith("s; what describes it says why", run.Said[^1], StringComparison.Ordinal);
        Assert.Equal(0, server.Proofs);
        Assert.Empty(server.Ids());
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
    }

    /// <summary>By a kill that nobody can catch, while it waits for the proof.</summary>
    [Fact]
    public async Task What_a_killed_run_left_goes_with_a_later_one()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.HasSnapshots("20200104T000000Z id-of-shop partial");
        server.HasClaim("20200104T000000Z");
        server.Proves();
        Assert.Equal(0, (await pod.RunAsync("snapshot.sh", "make")).ExitCode);
        Assert.NotEqual("20200104T000000Z", Assert.Single(server.Ids()));
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Killed_at_any_moment_nothing_is_called_good_and_the_next_run_makes_one(double moment)
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        await pod.KillAsync("snapshot.sh", TimeSpan.FromSeconds(moment), "make");
        var left = server.Ids();
        Assert.All(left, id => Assert.Null(server.Noted(id, "verified")));
        foreach (var id in left)
        {
            await BackupPods.PassAsync(id);
        }

        server.Proves();
        Assert.Equal(0, (await pod.RunAsync("snapshot.sh", "make")).ExitCode);
        Assert.Equal("good", server.Noted(server.Ids()[^1], "proof")!.Split(' ')[1]);
        Assert.False(server.Objects.ContainsKey(SnapshotPods.Claim));
    }

    [Fact]
    public async Task Verifying_proves_what_is_there_and_makes_nothing()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.HasSnapshots("20200109T000000Z id-of-shop good");
        server.Proves();
        var run = await pod.RunAsync("snapshot.sh", "verify", "latest");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain(server.Requests, request => request.StartsWith($"POST {ApiServer.Snapshots}", StringComparison.Ordinal));
        server.Proves("not good: rows");
        Assert.Equal(4, (await pod.RunAsync("snapshot.sh", "verify", "20200109T000000Z")).ExitCode);
        Assert.Equal(["20200109T000000Z"], server.Ids());
    }

    [Fact]
    public async Task It_needs_no_program_that_the_image_lacks()
    {
        await using var server = new ApiServer();
        using var pod = SnapshotPods.Make(server);
        server.Proves();
        pod.HasOnlyProgramsOfTheImage();
        Assert.Equal(0, (await pod.RunAsync("snapshot.sh", "make")).ExitCode);
    }
}
