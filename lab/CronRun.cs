using Lab.Controllers;
using Lab.Pods;
using Lab.State;

namespace Lab;

/// <summary>A run of a CronJob that somebody asks for, as <c>kubectl create job --from=cronjob/NAME</c> does, watched to its end.</summary>
/// <param name="cluster">The instance.</param>
/// <param name="cron">The CronJob.</param>
internal sealed class CronRun(LabCluster cluster, CronJobState cron)
{
    /// <summary>Makes the Job and waits for its end.</summary>
    /// <param name="limit">For how long.</param>
    /// <param name="onLine">Called with the container and each line that it wrote.</param>
    /// <param name="cancel">Ends the waiting, not the Job.</param>
    /// <exception cref="ClusterException">It is not over in time, or no controller acts.</exception>
    public async Task<JobState> RunAsync(TimeSpan limit, Action<string, string> onLine, CancellationToken cancel)
    {
        var name = GeneratedName.Of($"{cron.Name}-manual");
        new RunRequest(cron.Namespace, cron.Name, name).Send(cluster.Folder);
        return await new JobWatch(cluster, cron.Namespace, name).EndAsync(limit, onLine, cancel).ConfigureAwait(false) is { } job
            ? job with { CronJob = cron.Name }
            : throw new ClusterException($"Job {name} of CronJob {cron.Name} is not over after {limit.TotalSeconds:0} s; it goes on.{Why(cluster.State, name)}");
    }

    private static string Why(ClusterState state, string job) =>
        state.Pods.FirstOrDefault(pod => pod.Job == job && pod.Message.Length > 0) is { } pod ? $" {pod.Name}: {pod.Message}" : string.Empty;
}
