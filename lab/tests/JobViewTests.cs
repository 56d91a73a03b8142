using Lab.Commands;
using Lab.State;
using Xunit;

namespace Lab.Tests;

/// <summary>What people see of Jobs, and what the lab refuses to do to them.</summary>
public sealed class JobViewTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 27, 3, 0, 0, TimeSpan.Zero);

    private static readonly JobState Failed = new()
    {
        Namespace = "default",
        Name = "restore",
        Phase = JobState.Failed,
        Reason = "BackoffLimitExceeded",
        Message = "it failed more often than its backoffLimit, 0",
        LastLines = ["no such backup"],
    };

    private readonly TemporaryFolder root = new();
    private readonly LabCluster cluster;

    public JobViewTests()
    {
        cluster = new LabCluster(LabFolder.Of(root.Root, "test", ".lab"));
        cluster.Folder.Create();
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public void Status_tells_how_each_ended_and_when_the_next_is_due()
    {
        var state = new ClusterState
        {
            Jobs = [Failed, new JobState { Namespace = "default", Name = "backup-1", CronJob = "backup", Phase = JobState.Complete, CreatedAt = Begin, StartedAt = Begin, FinishedAt = Begin.AddSeconds(7) }],
            CronJobs =
            [
                new CronJobState { Namespace = "default", Name = "backup", Schedule = "0 3 * * * (UTC)", Next = Begin.AddDays(1) },
                new CronJobState { Namespace = "default", Name = "verify", Schedule = "@weekly", Suspended = true },
            ],
        };

        Assert.Equal(
            [
                "job/restore      failed (BackoffLimitExceeded): it failed more often than its backoffLimit, 0",
                "  no such backup",
                "job/backup-1     completed in 7 s",
                "cronjob/backup   0 3 * * * (UTC)  next 2026-11-28 03:00:00Z, last run 2026-11-27 03:00:00Z completed in 7 s",
                "cronjob/verify   @weekly          suspended, no run yet",
            ],
            JobLines.Of(state));
    }

    [Fact]
    public async Task Up_fails_with_a_job_and_says_what_it_wrote_last()
    {
        Publish(Failed);

        var failure = await Assert.ThrowsAsync<ClusterException>(() => new ReadyWait(cluster).RunAsync(TimeSpan.FromSeconds(5)));

        Assert.Equal("Job restore failed (BackoffLimitExceeded): it failed more often than its backoffLimit, 0.", failure.Message);
        Assert.Equal(["no such backup"], failure.LastLines);
    }

    [Fact]
    public async Task Up_waits_for_a_job_and_not_for_a_suspended_one_nor_for_runs_of_cronjobs()
    {
        Publish(Failed with { Phase = "Active" });
        Assert.Equal(
            "Job restore has not completed after 0 s.", (await Assert.ThrowsAsync<ClusterException>(() => new ReadyWait(cluster).RunAsync(TimeSpan.FromSeconds(0.2)))).Message);
        Publish(Failed with { Phase = "Suspended" }, Failed with { CronJob = "backup" });
        await new ReadyWait(cluster).RunAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_a_job_may_not_become_changes_nothing()
    {
        cluster.Apply([JobManifests.Job()]);
        var wanted = File.ReadAllText(cluster.Folder.Desired);

        Assert.Throws<ClusterException>(() => cluster.Apply([JobManifests.Job(policy: "OnFailure")]));
        Assert.Equal(wanted, File.ReadAllText(cluster.Folder.Desired));
        Publish(Failed with { Expired = true });
        cluster.Apply([JobManifests.Job(policy: "OnFailure")]);
        cluster.Apply([]);
        cluster.Apply([JobManifests.Job()]);
    }

    [Fact]
    public void The_newest_pod_of_a_job_goes_by_the_job_s_name()
    {
        StateFile.Write(cluster.Folder, new ClusterState { Pods = [new PodState { Name = "db-0", Set = "db" }, new PodState { Name = "restore-a", Job = "restore" }, new PodState { Name = "restore-b", Job = "restore" }] });
        Assert.Equal(("restore-b", "db-0"), (cluster.Pod("job/restore").Name, cluster.Pod("db-0").Name));
    }

    [Fact]
    public async Task A_cronjob_that_is_not_there_is_named_with_those_that_are()
    {
        Assert.Equal("There is no CronJob backup. There is none at all.", (await Assert.ThrowsAsync<ClusterException>(() => cluster.RunCronJobAsync("backup", TimeSpan.FromSeconds(1)))).Message);
        StateFile.Write(cluster.Folder, new ClusterState { CronJobs = [new CronJobState { Namespace = "default", Name = "verify" }] });
        Assert.Equal("There is no CronJob backup. There are: verify.", (await Assert.ThrowsAsync<ClusterException>(() => cluster.RunCronJobAsync("backup", TimeSpan.FromSeconds(1)))).Message);
    }

    private void Publish(params JobState[] jobs) => StateFile.Write(cluster.Folder, new ClusterState { Generation = 100, Jobs = jobs });
}
