using Lab.Controllers;
using Lab.Pods;
using Lab.Specs;
using Lab.State;
using Xunit;

namespace Lab.Tests;

/// <summary>A set begins when the Jobs before it have completed.</summary>
public sealed class SetGateTests
{
    private readonly Dictionary<string, IPod> pods = [];
    private readonly SetController sets;

    public SetGateTests() => sets = new SetController(pods, (set, ordinal) => new FakePod(PodRecord.Create(set, ordinal, default)), TimeProvider.System);

    private static StatefulSetSpec Db => StatefulSetSpec.Read(SampleManifests.Set("db", "db", 1, """{"containers": []}""")) with { AfterJobs = ["default/restore"] };

    [Theory]
    [InlineData("Active", "Job restore to complete", 0)]
    [InlineData(JobState.Failed, "Job restore to complete", 0)]
    [InlineData(JobState.Complete, "db-0 to be ready", 1)]
    public void Its_first_pod_waits(string phase, string waitsFor, int made)
    {
        var state = sets.Reconcile([Db], [new JobState { Namespace = "default", Name = "restore", Phase = phase }]).Single();
        Assert.Equal((waitsFor, made, false), (state.WaitsFor, pods.Count, state.IsComplete));
    }

    [Fact]
    public void One_that_has_pods_goes_on()
    {
        sets.Reconcile([Db with { AfterJobs = [], Replicas = 1 }], []);
        ((FakePod)pods.Values.Single()).State = pods.Values.Single().State with { Phase = "Running", Ready = true, Revision = Db.Revision };
        Assert.Equal("db-1 to be ready", sets.Reconcile([Db with { Replicas = 2 }], []).Single().WaitsFor);
        Assert.Equal(2, pods.Count);
    }

    [Fact]
    public void A_run_of_a_cronjob_is_none_of_them() => Assert.Equal(
        "Job restore to complete", sets.Reconcile([Db], [new JobState { Namespace = "default", Name = "restore", CronJob = "restore", Phase = JobState.Complete }]).Single().WaitsFor);

    [Fact]
    public void Pods_of_jobs_are_no_business_of_sets()
    {
        var pod = new FakePod(PodRecord.Create(JobManifests.Spec(), "uid", default));
        pods[pod.Record.Uid] = pod;
        sets.Reconcile([], []);
        Assert.False(pod.State.Terminating);
    }
}
