using Lab;
using Lab.Manifests;
using Lab.State;
using Xunit;

namespace Trials.LabTests;

/// <summary>Jobs, CronJobs and claims of their own, on real containers.</summary>
[Trait("level", "lab")]
public class JobTests
{
    private const string Image = "localhost/statefulset/nginx:1.9.1";

    private static readonly string[] Data = ["""{"name": "data", "persistentVolumeClaim": {"claimName": "data-db-0"}}"""];

    [SkippableFact]
    public async Task A_job_fills_the_claim_of_a_set_whose_pod_then_reads_it()
    {
        await using var lab = await RunningLab.StartAsync();
        // As a set's claims are called, so that the set finds it; what stands before the set comes before it.
        Manifest[] objects =
        [
            Claim("data-db-0"),
            Job("restore", "sleep 1; echo $POD > /data/who; cp /scratch/x /data/x", Data),
            SampleManifests.Service("db", "db", headless: true),
            SampleManifests.Set("db", "db", 1, $$"""
                {"terminationGracePeriodSeconds": 1, "containers": [{"name": "main", "image": "{{Image}}", "command": ["sh", "-c", "cat /data/who; sleep infinity"], "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}
                """, claim: true),
        ];

        lab.Cluster.Apply(objects);
        await lab.ReadyAsync(90);

        var pod = lab.Cluster.Pod("job/restore");
        Assert.Equal((JobState.Complete, "Succeeded", ""), (lab.Cluster.State.Jobs.Single().Phase, pod.Phase, pod.Set));
        Assert.True(lab.Cluster.State.Jobs.Single().FinishedAt <= lab.Cluster.Pod("db-0").CreatedAt);
        Assert.Equal(pod.Name, await lab.ExecAsync("db-0", "cat", "/data/who"));
        Assert.Equal("from the first", await lab.ExecAsync("db-0", "cat", "/data/x"));
        Assert.Equal(["data-db-0", $"{pod.Name}-scratch"], (await lab.Cluster.ClaimsAsync()).Select(claim => claim.Name).Order());

        // Another controller, and another up, and the Job that is done stays done; without it, its pod and what was that pod's own go.
        await lab.RestartControllerAsync();
        await lab.ApplyAsync(objects);
        Assert.Equal(pod.Uid, lab.Cluster.Pod("job/restore").Uid);
        await lab.ApplyAsync(objects.Where(one => one.Kind != "Job"));
        await lab.UntilAsync("the Job's pod is gone", () => lab.Cluster.State.Pods.Count == 1);
        Assert.Equal(["data-db-0"], (await lab.Cluster.ClaimsAsync()).Select(claim => claim.Name));
        Assert.StartsWith("Job restore failed (BackoffLimitExceeded): ", (await Assert.ThrowsAsync<ClusterException>(async () =>
        {
            lab.Cluster.Apply([.. objects.Take(1), Job("restore", "echo no such backup; exit 3", Data)]);
            await new ReadyWait(lab.Cluster).RunAsync(TimeSpan.FromSeconds(90));
        })).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_cronjob_is_run_now_and_ends_as_its_job_does()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync([Cron("good", "echo first; sleep 0.5; echo second", "Never"), Cron("bad", "echo no room; exit 4", "Never"), Cron("slow", "sleep 60", "OnFailure")]);
        var lines = new List<string>();

        var good = await lab.Cluster.RunCronJobAsync("good", TimeSpan.FromSeconds(90), (container, line) => lines.Add($"{container} {line}"));
        var bad = await lab.Cluster.RunCronJobAsync("bad", TimeSpan.FromSeconds(90), (container, line) => lines.Add($"{container} {line}"));

        Assert.Equal((JobState.Complete, "good"), (good.Phase, good.CronJob));
        Assert.StartsWith("good-manual-", good.Name, StringComparison.Ordinal);
        Assert.Equal((JobState.Failed, "BackoffLimitExceeded"), (bad.Phase, bad.Reason));
        Assert.Equal(["no room"], bad.LastLines);
        Assert.Equal(["main first", "main second", "main no room"], lines);
        var late = await Assert.ThrowsAsync<ClusterException>(() => lab.Cluster.RunCronJobAsync("slow", TimeSpan.FromSeconds(2)));
        Assert.Contains("is not over after 2 s; it goes on.", late.Message, StringComparison.Ordinal);
        Assert.Equal("There is no CronJob none. There are: good, bad, slow.", (await Assert.ThrowsAsync<ClusterException>(() => lab.Cluster.RunCronJobAsync("none", TimeSpan.FromSeconds(2)))).Message);
    }

    private static Manifest Claim(string name) => Manifest.Parse($$"""
        {"apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": {"name": "{{name}}"},
         "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "10Mi"} } } }
        """);

    private static Manifest Job(string name, string script, IEnumerable<string> volumes) => Manifest.Parse($$"""
        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "{{name}}"},
         "spec": {"backoffLimit": 0, "template": {"metadata": {"labels": {"app": "{{name}}"} }, "spec": {"restartPolicy": "Never",
           "initContainers": [{"name": "first", "image": "{{Image}}", "command": ["sh", "-c", "echo from the first > /scratch/x"], "volumeMounts": [{"name": "scratch", "mountPath": "/scratch"}]}],
           "containers": [{"name": "main", "image": "{{Image}}", "command": ["sh", "-c", "{{script}}"],
             "env": [{"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"} } }],
             "volumeMounts": [{"name": "data", "mountPath": "/data"}, {"name": "scratch", "mountPath": "/scratch", "readOnly": true}]}],
           "volumes": [{{string.Join(", ", volumes)}}, {"name": "scratch", "ephemeral": {"volumeClaimTemplate": {"spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"} } } } } }] } } } }
        """);

    private static Manifest Cron(string name, string script, string policy) => Manifest.Parse($$"""
        {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "{{name}}"},
         "spec": {"schedule": "0 3 29 2 *", "jobTemplate": {"spec": {"backoffLimit": 0, "template": {"spec": {"restartPolicy": "{{policy}}", "terminationGracePeriodSeconds": 1,
           "containers": [{"name": "main", "image": "{{Image}}", "command": ["sh", "-c", "{{script}}"]}] } } } } } }
        """);
}
