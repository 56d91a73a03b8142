using Lab.Manifests;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

public sealed class JobSpecTests
{
    [Fact]
    public void What_a_job_leaves_out_is_what_an_api_server_fills_in()
    {
        var job = JobManifests.Spec();

        Assert.Equal((6, null, null, false, false), (job.BackoffLimit, job.ActiveDeadline, job.KeptFor, job.Suspended, job.RestartsInPlace));
    }

    [Fact]
    public void A_job_says_how_long_and_how_often()
    {
        var job = JobManifests.Spec(
            more: """ "backoffLimit": 0, "activeDeadlineSeconds": 90, "ttlSecondsAfterFinished": 5, "completions": 1, "parallelism": 1, "completionMode": "NonIndexed" """, policy: "OnFailure");

        Assert.Equal((0, TimeSpan.FromSeconds(90), TimeSpan.FromSeconds(5), true), (job.BackoffLimit, job.ActiveDeadline!.Value, job.KeptFor!.Value, job.RestartsInPlace));
    }

    [Theory]
    [InlineData(""" "completions": 2 """, "Never", "Job restore: spec.completions is 2, and the lab runs Jobs of one pod at a time, of which one has to succeed: 1 is what it takes.")]
    [InlineData(""" "parallelism": 0 """, "Never", "Job restore: spec.parallelism is 0, and the lab runs Jobs of one pod at a time, of which one has to succeed: 1 is what it takes.")]
    [InlineData(""" "completionMode": "Indexed" """, "Never", "Job restore: the lab does not know spec.completionMode.")]
    [InlineData(""" "podFailurePolicy": {"rules": []} """, "Never", "Job restore: the lab does not know spec.podFailurePolicy.")]
    [InlineData(""" "backoffLimit": -1 """, "Always", "Job restore: spec.template.spec.restartPolicy is Never or OnFailure; spec.backoffLimit is -1, which is too little.")]
    [InlineData(""" "activeDeadlineSeconds": 0 """, "Never", "Job restore: spec.activeDeadlineSeconds is 0, which is too little.")]
    public void What_the_lab_does_not_run_is_refused_by_a_sentence(string more, string policy, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<ClusterException>(() => JobManifests.Spec(more: more, policy: policy)).Message);

    [Theory]
    [InlineData("0 25 * * *", "", "", "CronJob backup: spec.schedule \"0 25 * * *\" cannot be read: ")]
    [InlineData("0 3 L * *", "", "", "CronJob backup: spec.schedule \"0 3 L * *\" has L, W or #, which Kubernetes does not know.")]
    [InlineData("0 3 * * *", """ "timeZone": "Mars/Base" """, "", "CronJob backup: spec.timeZone \"Mars/Base\" is no time zone that this machine knows, such as Europe/Berlin.")]
    [InlineData("0 3 * * *", """ "concurrencyPolicy": "Maybe" """, "", "CronJob backup: spec.concurrencyPolicy is Maybe; it is Allow, Forbid or Replace.")]
    [InlineData("0 3 * * *", "", """ "completions": 3 """, "CronJob backup, jobTemplate: spec.completions is 3, ")]
    public void So_is_a_cronjob(string schedule, string more, string job, string sentence) =>
        Assert.StartsWith(sentence, Assert.Throws<ClusterException>(() => CronJobSpec.Read(JobManifests.Cron(schedule, more, job))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_job_of_a_cronjob_has_the_labels_and_the_spec_of_its_template()
    {
        var job = CronJobSpec.Read(JobManifests.Cron(job: """ "backoffLimit": 2 """)).Job("backup-1");

        Assert.Equal(("batch/v1", "Job", "backup-1", "backup"), (job.ApiVersion, job.Kind, job.Name, (string?)job.Body["metadata"]!["labels"]!["of"]));
        Assert.Equal(2, JobSpec.Read(job).BackoffLimit);
    }

    [Fact]
    public void The_images_of_a_cronjob_are_those_of_its_jobs_pods() => Assert.Equal(["i:1"], PodContainers.Images([JobManifests.Cron()]).Select(image => image.Image));

    [Fact]
    public void A_set_waits_for_the_jobs_that_stand_before_it()
    {
        var cluster = DesiredCluster.Read([JobManifests.Job("a"), SampleManifests.Set("db", "db", 1, """{"containers": []}"""), JobManifests.Job("b"), SampleManifests.Set("web", "web", 1, """{"containers": []}""")]);

        Assert.Equal([["default/a"], ["default/a", "default/b"]], cluster.Sets.Select(set => set.AfterJobs));
    }

    [Fact]
    public void A_set_s_pods_run_for_ever() => Assert.Equal(
        "StatefulSet db: spec.template.spec.restartPolicy is Never; a set's pods run for ever, and Always is what it takes.",
        Assert.Throws<ClusterException>(() => DesiredCluster.Read([SampleManifests.Set("db", "db", 1, """{"restartPolicy": "Never", "containers": []}""")])).Message);

    [Fact]
    public void The_template_of_a_job_is_immutable_and_the_rest_is_not()
    {
        var before = DesiredCluster.Read([JobManifests.Job()]);
        DesiredCluster.Read([JobManifests.Job(more: """ "backoffLimit": 1 """)]).RequireFrom(before, _ => false);
        var other = DesiredCluster.Read([JobManifests.Job(policy: "OnFailure")]);

        other.RequireFrom(before, _ => true);
        Assert.Equal(
            "Job restore: spec.template is another one, and the template of a Job is immutable. Give the new Job another name, or go once without it.",
            Assert.Throws<ClusterException>(() => other.RequireFrom(before, _ => false)).Message);
    }

    [Theory]
    [InlineData("2Gi", "ReadWriteOnce", null)]
    [InlineData("1024Mi", "ReadWriteOnce", null)]
    [InlineData("512Mi", "ReadWriteOnce", "PersistentVolumeClaim data: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity, which is 1Gi, and 512Mi is asked for.")]
    [InlineData("1Gi", "ReadWriteMany", "PersistentVolumeClaim data: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims.")]
    public void A_claim_grows_and_that_is_all(string size, string mode, string? sentence)
    {
        var before = DesiredCluster.Read([JobManifests.Claim()]);
        var refusal = Record.Exception(() => DesiredCluster.Read([JobManifests.Claim(size, mode)]).RequireFrom(before, _ => false));

        Assert.Equal(sentence, refusal?.Message);
    }

    /// <summary>The claim of a set's pod, too: what else would change waits for it.</summary>
    [Fact]
    public void A_claim_that_cannot_change_keeps_all_else_as_it_is()
    {
        using var root = new TemporaryFolder();
        var cluster = new LabCluster(LabFolder.Of(root.Root, "test", ".lab"));
        cluster.Apply([JobManifests.Claim("1Gi"), .. SampleManifests.Db(1)]);
        Assert.Throws<ClusterException>(() => cluster.Apply([JobManifests.Claim("512Mi"), .. SampleManifests.Db(2)]));
        Assert.Equal(["PersistentVolumeClaim", .. SampleManifests.Db(1).Select(one => one.Kind)], cluster.Manifests.Select(one => one.Kind));
        Assert.Equal(1, (int?)cluster.Manifests.Single(one => one.Kind == "StatefulSet").Body["spec"]!["replicas"]);

        cluster.Apply([JobManifests.Claim("2Gi"), .. SampleManifests.Db(2)]);
        Assert.Equal(2, (int?)cluster.Manifests.Single(one => one.Kind == "StatefulSet").Body["spec"]!["replicas"]);
    }
}
