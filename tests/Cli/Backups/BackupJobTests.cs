using Cli.Backups;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Backups;

/// <summary>The Jobs that are made of a system's CronJob.</summary>
public sealed class BackupJobTests
{
    private static Manifest CronJob => Manifest.Parse(
        """
        { "apiVersion": "batch/v1", "kind": "CronJob",
          "metadata": { "name": "shop-backup", "namespace": "databases", "labels": { "app.kubernetes.io/component": "backup" } },
          "spec": { "schedule": "30 2 * * *", "jobTemplate": { "metadata": { "labels": { "app": "shop-backup" } }, "spec": { "backoffLimit": 0, "template": { "spec": {
            "containers": [{ "name": "backup", "command": ["bash", "backup.sh"] }],
            "volumes": [{ "name": "data", "ephemeral": { "volumeClaimTemplate": {} } }, { "name": "store", "persistentVolumeClaim": { "claimName": "kept" } }] } } } } } }
        """);

    [Fact]
    public void A_backup_by_hand_is_what_the_CronJob_would_make()
    {
        var job = BackupJob.Of(CronJob);
        Assert.Equal(("batch/v1", "Job", "databases"), (job.ApiVersion, job.Kind, job.Namespace));
        Assert.Matches("^shop-backup-run-[a-z0-9]{5}$", job.Name);
        Json.Equal("""{ "app": "shop-backup" }""", job.Body["metadata"]!["labels"]);
        var spec = CronJob.Body["spec"]!["jobTemplate"]!["spec"]!;
        // Of the Jobs that the CronJob makes itself it takes care itself.
        spec["ttlSecondsAfterFinished"] = 86400;
        Json.Equal(spec.ToJsonString(), job.Body["spec"]);
        Assert.NotEqual(job.Name, BackupJob.Of(CronJob).Name);
    }

    [Theory]
    [InlineData("list", """["list"]""", false)]
    [InlineData("show latest", """["show", "latest"]""", false)]
    [InlineData("verify latest", """["verify", "latest"]""", true)]
    public void To_look_takes_other_words_and_only_a_test_takes_room(string words, string arguments, bool works)
    {
        var job = BackupJob.Of(CronJob, words.Split(' '));
        Assert.Matches("^shop-look-[a-z0-9]{5}$", job.Name);
        var pod = job.Body["spec"]!["template"]!["spec"]!;
        Json.Equal(arguments, pod["containers"]![0]!["args"]);
        Assert.Equal(works, pod["volumes"]![0]!["ephemeral"] is not null);
        Assert.Equal(!works, pod["volumes"]![0]!["emptyDir"] is not null);
        Assert.Equal("kept", (string?)pod["volumes"]![1]!["persistentVolumeClaim"]!["claimName"]);
        Assert.Equal(600, (int?)job.Body["spec"]!["ttlSecondsAfterFinished"]);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("shop", true)]
    [InlineData("other", false)]
    public void It_is_found_by_its_part_and_its_systems_name(string? system, bool found) => Assert.Equal(found, BackupJob.Makes(CronJob, system));
}
