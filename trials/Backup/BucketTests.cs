using System.Text.Json.Nodes;
using Lab.Manifests;
using Lab.State;
using Trials.Clusters;
using Trials.Faults;
using Xunit;

namespace Trials.Backup;

/// <summary>Backups and an archive in a bucket of a server that speaks S3, plain and encrypted, and what comes of it when credentials are wrong, the way is cut and bytes change.</summary>
[Trait("level", "lab")]
public sealed class BucketTests
{
    private const string Secret = "bucket", Plain = $"plain:{BucketServer.Bucket}/plain", Locked = "locked:mysql";

    // "a long passphrase", as rclone obscures it.
    private const string Obscured = "E8ROHZWtpyqth5q6fdKf448F59QLsuuNVqZyRBKxYPYi";

    [SkippableFact]
    public async Task What_is_in_a_bucket_is_restored_and_nothing_that_is_half_or_damaged_is_taken_for_good()
    {
        Skip.If(BucketServer.Missing is not null, BucketServer.Missing);
        await using var lab = await LabTestCluster.StartAsync(this);
        await BackupTrial.ApplyAsync(lab, BackupTrial.Settings(BackupTrial.Lost, 1));
        await BackupTrial.MakeTablesAsync(lab);
        await lab.SqlAsync(
            "mysql-0",
            """
            INSERT INTO shop.notes VALUES ('once');
            INSERT INTO shop.orders WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000) SELECT n, n FROM numbers;
            CREATE TABLE shop.pictures (id INT AUTO_INCREMENT PRIMARY KEY, body VARBINARY(1024));
            INSERT INTO shop.pictures (body) SELECT RANDOM_BYTES(1024) FROM shop.orders AS a JOIN shop.orders AS b WHERE b.id <= 12;
            """);
        await using var bucket = await BucketServer.StartAsync(lab.Cluster.State.DnsAddress);

        // Credentials that are wrong.
        await BackUpToAsync(lab, bucket, Plain, key: "another");
        var (job, log) = await BackupTrial.BackUpAsync(lab);
        Assert.Contains("container backup ended with exit code 3", job.Failure, StringComparison.Ordinal);
        Assert.Contains(log, line => line.Contains($"the store {Plain}: reading a folder failed with exit code 1: ", StringComparison.Ordinal) && line.Contains("SignatureDoesNotMatch", StringComparison.Ordinal));
        Assert.EndsWith("no backup: the store cannot be read", log[^1], StringComparison.Ordinal);
        Assert.Empty(bucket.Objects());

        // The way is cut in the midst of the files.
        await BackUpToAsync(lab, bucket, Plain, impatient: true);
        bucket.CutAfter(8_000_000);
        (job, log) = await BackupTrial.BackUpAsync(lab);
        Assert.Contains("container backup ended with exit code 3", job.Failure, StringComparison.Ordinal);
        Assert.EndsWith("no backup: the store did not take it; the reason stands above", log[^1], StringComparison.Ordinal);
        bucket.Mend();
        await BackUpToAsync(lab, bucket, Plain);
        Assert.NotEmpty(bucket.Objects("plain/mysql/"));
        Assert.DoesNotContain(bucket.Objects(), one => one.Key.EndsWith("/manifest", StringComparison.Ordinal));
        Assert.Contains(await BackupTrial.ListAsync(lab), line => line.Contains("  partial ", StringComparison.Ordinal));

        var id = await BackupTrial.GoodBackUpAsync(lab);
        Assert.Contains(await BackupTrial.ListAsync(lab), line => line.StartsWith($"{id}  good ", StringComparison.Ordinal));
        Assert.Contains($"plain/mysql/{id}/verified", bucket.Objects().Keys);

        // One byte of one object, which the server's own digest tells.
        bucket.Damage($"plain/mysql/{id}/data/shop/pictures.ibd.zst", known: true);
        var (good, lines) = await BackupTrial.LookAsync(lab, "verify", id);
        Assert.False(good);
        Assert.Contains(lines, line => line.Contains("corrupted on transfer", StringComparison.Ordinal));
        Assert.EndsWith($"the backup {id} is damaged, and not restored from or counted as one; the reason stands above", lines[^1], StringComparison.Ordinal);
        Assert.Contains(await BackupTrial.ListAsync(lab), line => line.StartsWith($"{id}  damaged ", StringComparison.Ordinal));

        // Encrypted, and with the archive.
        await BackUpToAsync(lab, bucket, Locked, new { seconds = 10, storage = "1Gi" });
        var locked = await BackupTrial.GoodBackUpAsync(lab);
        Assert.DoesNotContain(bucket.Objects("locked/"), one => one.Key.Contains("mysql", StringComparison.Ordinal) || one.Key.Contains("orders", StringComparison.Ordinal));
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('wanted');");
        var moment = await lab.SqlAsync("mysql-0", "SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ');");
        await lab.SqlAsync("mysql-0", "INSERT INTO shop.notes VALUES ('unwanted');");
        var rows = await lab.SqlAsync("mysql-0", "CHECKSUM TABLE shop.orders, shop.pictures;");
        var through = "";
        await ClusterWaits.UntilAsync(
            async () => string.CompareOrdinal(through = (await BackupTrial.ListAsync(lab)).Single(line => line.StartsWith("archive of ", StringComparison.Ordinal)).Split("complete up to ")[^1], moment) > 0,
            () => $"the archive to be complete up to {moment}; it is up to '{through}'",
            240);

        await lab.ApplyAsync([.. lab.Cluster.Manifests.Where(one => one.Name == Secret)]);
        await lab.PodsAsync(pods => pods.Count == 0, "no pod to be left");
        // With credentials that may do no more than read, as after an intruder.
        bucket.ReadsOnly();
        await RestoreAsync(lab, BackupTrial.Restored, Locked, "latest", moment);
        bucket.Writes();
        Assert.Equal(rows, await lab.SqlAsync("again-0", "CHECKSUM TABLE shop.orders, shop.pictures;"));
        Assert.Equal("once,wanted", await lab.SqlAsync("again-0", "SELECT GROUP_CONCAT(note ORDER BY note) FROM shop.notes;"));

        // Of the one that is damaged nothing is restored; nor where nobody has found it yet, and the server calls the other bytes what it was given.
        await RestoreAsync(lab, "third", Plain, id, until: null, ready: false);
        await RefusedAsync(lab, $"the backup {id} is damaged: it was found so before");
        File.Delete(bucket.Objects()[$"plain/mysql/{id}/damaged"]);
        bucket.Damage($"plain/mysql/{id}/data/shop/orders.ibd.zst", known: false);
        await RestoreAsync(lab, "fourth", Plain, id, until: null, ready: false);
        await RefusedAsync(lab, $"the backup {id} is damaged, and not restored; the reason stands above. Nothing was changed");
    }

    private static Task RefusedAsync(LabTestCluster lab, string said) => ClusterWaits.UntilAsync(
        () => Task.FromResult(lab.Cluster.State.Jobs.Any(job => job.Phase == JobState.Failed && job.Message.Contains("exit code 4", StringComparison.Ordinal) && job.LastLines.Any(line => line.Contains(said, StringComparison.Ordinal)))),
        () => $"a restore to end with: {said}; there were {string.Join(" | ", lab.Cluster.State.Jobs.Select(job => $"{job.Name} {job.Phase} {job.Message} {string.Join(", ", job.LastLines.TakeLast(1))}"))}",
        240);

    private static Task RestoreAsync(LabTestCluster lab, string name, string remote, string backup, string? until, bool ready = true) =>
        BackupTrial.ApplyAsync(lab, BackupTrial.Settings(name, 1, restore: new { system = BackupTrial.Lost, backup, until, store = new { remote, secret = Secret } }), Secret, ready);

    /// <param name="lab">The instance.</param>
    /// <param name="bucket">The server.</param>
    /// <param name="remote">The store.</param>
    /// <param name="archive">The settings of the archive.</param>
    /// <param name="key">The secret half of the credentials.</param>
    /// <param name="impatient">Whether rclone gives up at once, and not only after a quarter of an hour of trying again.</param>
    private static async Task BackUpToAsync(LabTestCluster lab, BucketServer bucket, string remote, object? archive = null, string key = BucketServer.Key, bool impatient = false)
    {
        var secret = new Manifest(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = Secret },
            ["stringData"] = new JsonObject { ["rclone.conf"] = Configuration(bucket.EndPoint, key) },
        });
        var objects = await Stack.MySqlObjectsAsync(BackupTrial.Settings(BackupTrial.Lost, 1, backup: new { store = new { remote, secret = Secret }, archive }).Settings);
        // The servers run by now, and what waits for them need not wait.
        await lab.ApplyAsync([secret, .. Haste.Of(Patience.Of(objects.AtOnce)), .. Haste.Of(impatient ? ChangedContainers.Of(objects.OnceReady, GivesUpAtOnce) : objects.OnceReady)]);
        await ClusterWaits.UntilAsync(() => Task.FromResult(lab.Cluster.State.CronJobs.Count > 0), () => "the CronJob to be there", 30);
    }

    private static void GivesUpAtOnce(JsonNode container)
    {
        if (container["env"] is JsonArray variables)
        {
            variables.Add(new JsonObject { ["name"] = "RCLONE_RETRIES", ["value"] = "1" });
            variables.Add(new JsonObject { ["name"] = "RCLONE_LOW_LEVEL_RETRIES", ["value"] = "1" });
        }
    }

    /// <summary>As docs/backup.md has it, but for the place; and what is larger than 5 MiB goes in parts.</summary>
    private static string Configuration(Uri endPoint, string key) =>
        $"""
        [plain]
        type = s3
        provider = Other
        endpoint = {endPoint.ToString().TrimEnd('/')}
        region = us-east-1
        access_key_id = {BucketServer.Key}
        secret_access_key = {key}
        no_check_bucket = true
        upload_cutoff = 5Mi
        chunk_size = 5Mi

        [locked]
        type = crypt
        remote = plain:{BucketServer.Bucket}/locked
        password = {Obscured}
        """;
}
