using Lab.Controllers;
using Lab.Pods;
using Lab.Specs;
using Lab.State;
using Xunit;

namespace Lab.Tests;

public sealed class JobControllerTests : IDisposable
{
    private readonly TemporaryFolder root = new();
    private readonly WatchedTime time = new();
    private readonly LabFolder folder;
    private readonly Dictionary<string, IPod> pods = [];
    private readonly List<string> events = [];
    private JobController jobs;

    public JobControllerTests()
    {
        folder = LabFolder.Of(root.Root, "test", ".lab");
        folder.Create();
        jobs = Controller();
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public void A_job_runs_one_pod_and_is_done_when_that_has_succeeded()
    {
        Assert.Equal("Active", One(JobManifests.Spec()).Phase);
        var pod = Pods.Single();
        Assert.Matches("^restore-[bcdfghjklmnpqrstvwxz2456789]{5}$", pod.Record.Name);
        Assert.Equal(
            new Dictionary<string, string> { ["app"] = "restore", ["batch.kubernetes.io/job-name"] = "restore", ["job-name"] = "restore" }, pod.Record.Labels);

        pod.End(succeeded: true);
        Assert.Equal((JobState.Complete, true), (One(JobManifests.Spec()).Phase, One(JobManifests.Spec()).IsSettled));
        Assert.Equal(["default restore Complete: The Job has completed"], events);
        Assert.Single(pods);
    }

    [Fact]
    public void Done_is_done_for_another_controller_too()
    {
        One(JobManifests.Spec());
        Pods.Single().End(succeeded: true);
        One(JobManifests.Spec());
        pods.Clear();

        jobs = Controller();

        Assert.Equal(JobState.Complete, One(JobManifests.Spec()).Phase);
        Assert.Empty(pods);
    }

    [Fact]
    public void A_failed_pod_is_followed_by_another_after_growing_waits_until_it_is_one_too_many()
    {
        var job = JobManifests.Spec(more: """ "backoffLimit": 2 """);
        One(job);
        Pods[0].End(succeeded: false);
        One(job);
        Assert.Single(pods);
        Assert.Equal(time.GetUtcNow().AddSeconds(1), jobs.Next);
        time.Advance(1.0);
        One(job);
        Pods[1].End(succeeded: false);
        One(job);
        time.Advance(1.0);
        Assert.Equal(2, One(job).FailedPods);
        Assert.Equal(2, pods.Count);
        time.Advance(1.0);
        One(job);
        Assert.Equal(3, pods.Count);
        Pods[2].End(succeeded: false, "no such backup");

        var failed = One(job);

        Assert.Equal(
            (JobState.Failed, "BackoffLimitExceeded", "it failed more often than its backoffLimit, 2; container main ended with exit code 3"), (failed.Phase, failed.Reason, failed.Message));
        Assert.Equal(["no such backup"], failed.LastLines);
        time.Advance(100.0);
        One(job);
        Assert.Equal(3, pods.Count);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 2)]
    public void A_container_that_is_started_again_in_its_pod_counts_as_well(int limit, int restarts)
    {
        var job = JobManifests.Spec(more: $""" "backoffLimit": {limit} """, policy: "OnFailure");
        One(job);
        Pods.Single().Restart(restarts - 1, "one");
        Assert.Equal("Active", One(job).Phase);
        Pods.Single().Restart(restarts, "two");

        var failed = One(job);

        Assert.Equal("BackoffLimitExceeded", failed.Reason);
        Assert.Equal(["two"], failed.LastLines);
        Assert.True(Pods.Single().State.Terminating);
    }

    [Fact]
    public void A_job_that_takes_too_long_fails_and_its_pod_ends()
    {
        var job = JobManifests.Spec(more: """ "activeDeadlineSeconds": 10 """);
        One(job);
        Assert.Equal(time.GetUtcNow().AddSeconds(10), jobs.Next);
        time.Advance(9.9);
        Assert.Equal("Active", One(job).Phase);
        time.Advance(0.1);

        var failed = One(job);

        Assert.Equal((JobState.Failed, "DeadlineExceeded", "it took longer than its activeDeadlineSeconds, 10"), (failed.Phase, failed.Reason, failed.Message));
        Assert.True(Pods.Single().State.Terminating);
    }

    [Fact]
    public void A_job_that_is_over_loses_its_pods_after_a_time_and_is_not_run_again()
    {
        var job = JobManifests.Spec(more: """ "ttlSecondsAfterFinished": 60 """);
        One(job);
        Pods.Single().End(succeeded: true);
        One(job);
        Assert.Equal(time.GetUtcNow().AddSeconds(60), jobs.Next);
        time.Advance(60.0);

        Assert.True(One(job) is { Phase: JobState.Complete, Expired: true });
        Assert.True(Pods.Single().State.Terminating);
        Assert.Null(jobs.Next);
    }

    [Fact]
    public void One_of_another_template_is_another_job()
    {
        One(JobManifests.Spec());
        Pods.Single().End(succeeded: true);
        One(JobManifests.Spec());

        Assert.Equal("Active", One(JobManifests.Spec(policy: "OnFailure")).Phase);
        Assert.Equal(2, pods.Count);
    }

    [Fact]
    public void One_that_is_no_longer_wanted_goes_with_its_pod()
    {
        One(JobManifests.Spec());

        Assert.Empty(jobs.Reconcile([]));
        Assert.True(Pods.Single().State.Terminating);
        Assert.Empty(JobRecord.LoadAll(folder));
    }

    [Fact]
    public void A_suspended_one_has_no_pods_and_to_end_them_is_no_failure()
    {
        One(JobManifests.Spec());
        Assert.Equal("Suspended", One(JobManifests.Spec(more: """ "suspend": true """)).Phase);
        Assert.True(Pods.Single().State.Terminating);

        var resumed = One(JobManifests.Spec());

        Assert.Equal(("Active", 0), (resumed.Phase, resumed.FailedPods));
        Assert.Equal(2, pods.Count);
    }

    [Fact]
    public void A_pod_that_somebody_deletes_counts_as_failed()
    {
        One(JobManifests.Spec());
        Pods.Single().Delete(TimeSpan.Zero);
        Assert.Equal(1, One(JobManifests.Spec()).FailedPods);
    }

    private List<FakePod> Pods => [.. pods.Values.Cast<FakePod>()];

    private JobState One(JobSpec job) => jobs.Reconcile([job]).Single();

    private JobController Controller() => new(
        folder, pods, (job, uid) => new FakePod(PodRecord.Create(job, uid, time.GetUtcNow())), (place, name, reason, message) => events.Add($"{place} {name} {reason}: {message}"), time);
}
