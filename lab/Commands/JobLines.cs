using System.Globalization;
using Lab.State;

namespace Lab.Commands;

/// <summary>Jobs and CronJobs as lines to read.</summary>
public static class JobLines
{
    /// <summary>A line a Job, with what it wrote last below one that failed, and a line a CronJob.</summary>
    public static IEnumerable<string> Of(ClusterState state)
    {
        foreach (var job in state.Jobs)
        {
            yield return $"job/{job.Name,-12} {Stand(job)}";
            foreach (var line in job.LastLines.TakeLast(5))
            {
                yield return $"  {line}";
            }
        }

        foreach (var cron in state.CronJobs)
        {
            var last = state.Jobs.LastOrDefault(job => job.CronJob == cron.Name && job.Namespace == cron.Namespace);
            yield return $"cronjob/{cron.Name,-8} {cron.Schedule,-16} {(cron.Suspended ? "suspended" : cron.Next is { } next ? $"next {Time(next)}" : "never again")}, "
                + (last is null ? "no run yet" : $"last run {Time(last.CreatedAt)} {Stand(last)}");
        }
    }

    private static string Stand(JobState job) => job switch
    {
        { Phase: JobState.Complete, StartedAt: { } begin, FinishedAt: { } end } => string.Create(CultureInfo.InvariantCulture, $"completed in {(end - begin).TotalSeconds:0} s"),
        { Phase: JobState.Failed } => job.Failure,
        { Phase: "Suspended" } => "suspended",
        _ => job.FailedPods > 0 ? $"runs, after {job.FailedPods} failures" : "runs",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
