using Lab.Controllers;
using Lab.Pods;
using Lab.Specs;
using Lab.State;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Lab.Tests;

public sealed class CronControllerTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 27, 2, 59, 0, TimeSpan.Zero);

    private readonly TemporaryFolder root = new();
    private readonly FakeTimeProvider time = new(Begin);
    private readonly Dictionary<string, IPod> pods = [];
    private readonly List<string> events = [];
    private readonly LabFolder folder;
    private readonly JobController jobs;
    private CronController crons;

    public CronControllerTests()
    {
        folder = LabFolder.Of(root.Root, "test", ".lab");
        folder.Create();
        jobs = new JobController(folder, pods, (job, uid) => new FakePod(PodRecord.Create(job, uid, time.GetUtcNow())), Happened, time);
        crons = new CronController([], jobs, Happened, time);
    }

    public void Dispose() => root.Dispose();

    [Fact]
    public void A_job_begins_when_it_is_due_under_a_name_of_that_minute()
    {
        Assert.Equal(Begin.AddMinutes(1), Step("0 3 * * *").Next);
        Assert.Empty(pods);
        time.Advance(TimeSpan.FromMinutes(1));

        var state = Step("0 3 * * *");

        Assert.Equal((Begin.AddMinutes(1), Begin.AddMinutes(1).AddDays(1)), (state.LastScheduled, state.Next));
        Assert.Equal([$"backup-{Begin.AddMinutes(1).ToUnixTimeSeconds() / 60}"], Jobs);
        Step("0 3 * * *");
        Assert.Single(pods);
    }

    [Fact]
    public void Of_many_that_were_missed_the_last_one_counts()
    {
        Step("* * * * *");
        time.Advance(TimeSpan.FromMinutes(500));
        Step("* * * * *");
        Assert.Equal([$"backup-{Begin.AddMinutes(500).ToUnixTimeSeconds() / 60}"], Jobs);
    }

    [Fact]
    public void One_that_is_too_late_does_not_begin()
    {
        Step("0 3 * * *", """ "startingDeadlineSeconds": 100 """);
        time.Advance(TimeSpan.FromSeconds(161));
        Step("0 3 * * *", """ "startingDeadlineSeconds": 100 """);
        Assert.Empty(Jobs);
    }

    [Fact]
    public void What_was_due_while_no_controller_ran_is_made_up_for_once()
    {
        var before = Step("0 3 * * *");
        time.Advance(TimeSpan.FromDays(3));
        crons = new CronController([before], jobs, Happened, time);
        Step("0 3 * * *");
        Assert.Equal([$"backup-{Begin.AddMinutes(1).AddDays(2).ToUnixTimeSeconds() / 60}"], Jobs);
    }

    [Fact]
    public void A_suspended_one_begins_nothing()
    {
        Step("* * * * *", """ "suspend": true """);
        time.Advance(TimeSpan.FromMinutes(3));
        Assert.Null(Step("* * * * *", """ "suspend": true """).Next);
        Assert.Empty(Jobs);
    }

    [Theory]
    [InlineData("Allow", 2, 0)]
    [InlineData("Forbid", 1, 0)]
    [InlineData("Replace", 1, 1)]
    public void What_is_due_while_another_goes_on(string policy, int runs, int ended)
    {
        var more = $""" "concurrencyPolicy": "{policy}" """;
        Step("* * * * *", more);
        time.Advance(TimeSpan.FromMinutes(1));
        Step("* * * * *", more);
        time.Advance(TimeSpan.FromMinutes(1));
        Step("* * * * *", more);

        Assert.Equal(runs, Jobs.Count);
        Assert.Equal(ended, pods.Values.Count(pod => pod.State.Terminating));
        if (policy == "Forbid")
        {
            Assert.Single(events, text => text.Contains("JobAlreadyActive", StringComparison.Ordinal));
            Pods.Single().End(succeeded: true);
            Step("* * * * *", more);
            Assert.Equal([$"backup-{Begin.AddMinutes(1).ToUnixTimeSeconds() / 60}"], Jobs);
            Step("* * * * *", more);
            Assert.Equal($"backup-{Begin.AddMinutes(2).ToUnixTimeSeconds() / 60}", Jobs[1]);
        }
    }

    [Fact]
    public void Those_that_are_over_are_kept_up_to_a_number_of_each_sort()
    {
        const string more = """ "successfulJobsHistoryLimit": 2, "failedJobsHistoryLimit": 0 """;
        Step("* * * * *", more, """ "backoffLimit": 0 """);
        foreach (var succeeds in new[] { true, true, false, true })
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Step("* * * * *", more, """ "backoffLimit": 0 """);
            Pods[^1].End(succeeds);
            Step("* * * * *", more, """ "backoffLimit": 0 """);
            Step("* * * * *", more, """ "backoffLimit": 0 """);
        }

        Assert.Equal([Name(2), Name(4)], Jobs);

        static string Name(int minute) => $"backup-{Begin.AddMinutes(minute).ToUnixTimeSeconds() / 60}";
    }

    [Fact]
    public void A_run_that_somebody_asks_for_is_a_job_of_it_and_holds_up_none_that_is_due()
    {
        var cron = CronJobSpec.Read(JobManifests.Cron("* * * * *", """ "concurrencyPolicy": "Forbid" """));
        Step("* * * * *", """ "concurrencyPolicy": "Forbid" """);
        crons.Run(cron, "backup-manual-abcde");
        time.Advance(TimeSpan.FromMinutes(1));
        Step("* * * * *", """ "concurrencyPolicy": "Forbid" """);

        Assert.Equal(["backup-manual-abcde", $"backup-{Begin.AddMinutes(1).ToUnixTimeSeconds() / 60}"], Jobs);
        Assert.Equal("manual", (string?)jobs.Records.First().Body["metadata"]!["annotations"]!["cronjob.kubernetes.io/instantiate"]);
    }

    [Fact]
    public void The_jobs_of_one_that_is_no_longer_wanted_go()
    {
        Step("* * * * *");
        time.Advance(TimeSpan.FromMinutes(1));
        Step("* * * * *");
        Assert.Empty(crons.Reconcile([]));
        Assert.Empty(Jobs);
        Assert.True(Pods.Single().State.Terminating);
    }

    private List<string> Jobs => [.. jobs.Records.Select(job => (string)job.Body["metadata"]!["name"]!)];

    private List<FakePod> Pods => [.. pods.Values.Cast<FakePod>()];

    private CronJobState Step(string schedule, string more = "", string job = "")
    {
        var state = crons.Reconcile([CronJobSpec.Read(JobManifests.Cron(schedule, more, job))]).Single();
        jobs.Reconcile([]);
        return state;
    }

    private void Happened(string place, string name, string reason, string message) => events.Add($"{place} {name} {reason}: {message}");
}
