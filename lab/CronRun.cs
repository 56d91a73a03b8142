using Lab.Controllers;
using Lab.Pods;
using Lab.State;

namespace Lab;

/// <summary>A run of a CronJob that somebody asks for, as <c>kubectl create job --from=cronjob/NAME</c> does, watched to its end.</summary>
/// <param name="cluster">The instance.</param>
/// <param name="cron">The CronJob.</param>
internal sealed class CronRun(LabCluster cluster, CronJobState cron)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, LogTail> logs = [];

    /// <summary>Makes the Job and waits for its end.</summary>
    /// <param name="limit">For how long.</param>
    /// <param name="onLine">Called with the container and each line that it wrote.</param>
    /// <param name="cancel">Ends the waiting, not the Job.</param>
    /// <exception cref="ClusterException">It is not over in time, or no controller acts.</exception>
    public async Task<JobState> RunAsync(TimeSpan limit, Action<string, string> onLine, CancellationToken cancel)
    {
        var name = GeneratedName.Of($"{cron.Name}-manual");
        var asked = DateTimeOffset.UtcNow;
        new RunRequest(cron.Namespace, cron.Name, name).Send(cluster.Folder);
        for (var seen = false; ; await Task.Delay(LookPeriod, cancel).ConfigureAwait(false))
        {
            var state = cluster.State;
            var job = state.Jobs.FirstOrDefault(one => one.Namespace == cron.Namespace && one.Name == name) ?? Remembered(state, name, seen);
            Tell(state, name, onLine);
            var waited = DateTimeOffset.UtcNow - asked;
            if (job is { IsFinished: true })
            {
                return job;
            }

            if (job is null && waited > AnswerTime)
            {
                throw new ClusterException("The lab's controller does not act.");
            }

            if (waited > limit)
            {
                throw new ClusterException($"Job {name} of CronJob {cron.Name} is not over after {limit.TotalSeconds:0} s; it goes on.{Why(state, name)}");
            }

            seen |= job is not null;
        }
    }

    // A CronJob that keeps no Jobs that are over has this one gone in the moment that it ends; the events still know how.
    private JobState? Remembered(ClusterState state, string name, bool seen) =>
        seen && state.Events.LastOrDefault(one => one.Namespace == cron.Namespace && one.Name == name && one.Reason is JobState.Complete or JobState.Failed) is { } end
            ? new JobState { Namespace = cron.Namespace, Name = name, CronJob = cron.Name, Phase = end.Reason, FinishedAt = end.At, Message = end.Message }
            : null;

    private void Tell(ClusterState state, string job, Action<string, string> onLine)
    {
        foreach (var container in state.Pods.Where(pod => pod.Namespace == cron.Namespace && pod.Job == job).SelectMany(pod => pod.Containers))
        {
            foreach (var log in new[] { container.PreviousLog, container.Log }.Where(log => log.Length > 0))
            {
                if (!logs.TryGetValue(log, out var tail))
                {
                    logs[log] = tail = new LogTail(log);
                }

                foreach (var line in tail.Read())
                {
                    onLine(container.Name, line);
                }
            }
        }
    }

    private static string Why(ClusterState state, string job) =>
        state.Pods.FirstOrDefault(pod => pod.Job == job && pod.Message.Length > 0) is { } pod ? $" {pod.Name}: {pod.Message}" : string.Empty;
}
