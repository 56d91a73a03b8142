using Lab.Pods;
using Lab.State;

namespace Lab;

/// <summary>Watches a Job to its end, with what its containers write.</summary>
/// <param name="cluster">The instance.</param>
/// <param name="place">The Job's namespace.</param>
/// <param name="name">Its name.</param>
internal sealed class JobWatch(LabCluster cluster, string place, string name)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, LogTail> logs = [];

    /// <summary>Waits for its end.</summary>
    /// <param name="limit">For how long.</param>
    /// <param name="onLine">Called with the container and each line that it wrote.</param>
    /// <param name="cancel">Ends the waiting, not the Job.</param>
    /// <returns>The Job; null when it is not over in time.</returns>
    /// <exception cref="ClusterException">No controller acts.</exception>
    public async Task<JobState?> EndAsync(TimeSpan limit, Action<string, string> onLine, CancellationToken cancel)
    {
        var asked = DateTimeOffset.UtcNow;
        for (var seen = false; ; await Task.Delay(LookPeriod, cancel).ConfigureAwait(false))
        {
            var state = cluster.State;
            var job = state.Jobs.FirstOrDefault(one => one.Namespace == place && one.Name == name) ?? Remembered(state, seen);
            Tell(state, onLine);
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
                return null;
            }

            seen |= job is not null;
        }
    }

    // A CronJob that keeps no Jobs that are over has this one gone in the moment that it ends; the events still know how.
    private JobState? Remembered(ClusterState state, bool seen) =>
        seen && state.Events.LastOrDefault(one => one.Namespace == place && one.Name == name && one.Reason is JobState.Complete or JobState.Failed) is { } end
            ? new JobState { Namespace = place, Name = name, Phase = end.Reason, FinishedAt = end.At, Message = end.Message }
            : null;

    private void Tell(ClusterState state, Action<string, string> onLine)
    {
        foreach (var container in state.Pods.Where(pod => pod.Namespace == place && pod.Job == name).SelectMany(pod => pod.Containers))
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
}
