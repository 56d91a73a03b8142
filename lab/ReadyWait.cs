using Lab.Pods;
using Lab.State;

namespace Lab;

/// <summary>Waits until everything that is wanted is ready, and Jobs have completed, and says what it waits for.</summary>
/// <param name="cluster">The instance.</param>
public sealed class ReadyWait(LabCluster cluster)
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);

    // What no waiting mends.
    private static readonly string[] Hopeless = ["ErrImagePull", "ErrImageNeverPull"];

    /// <summary>Waits.</summary>
    /// <param name="limit">For how long.</param>
    /// <param name="onProgress">Called ten times a second with what there is to tell of each set.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="ClusterException">It did not become ready in time, or can't; with the last lines of the container that holds it up.</exception>
    public async Task RunAsync(TimeSpan limit, Action<IReadOnlyList<SetProgress>>? onProgress = null, CancellationToken cancel = default)
    {
        var generation = DesiredState.Read(cluster.Folder).Generation;
        var until = DateTimeOffset.UtcNow + limit;
        while (true)
        {
            var state = cluster.State;
            var sets = SetProgress.Of(state, DateTimeOffset.UtcNow);
            onProgress?.Invoke(sets);
            if (state.Generation >= generation)
            {
                if (state.Failure is not null)
                {
                    throw new ClusterException(state.Failure);
                }

                var jobs = state.Jobs.Where(job => job.IsByItself).ToList();
                if (jobs.Find(job => job.Phase == JobState.Failed) is { } failed)
                {
                    throw new ClusterException($"Job {failed.Name} {failed.Failure}.", failed.LastLines);
                }

                if (state.Sets.All(set => set.IsComplete) && jobs.TrueForAll(job => job.IsSettled))
                {
                    return;
                }

                Check(state, until, limit);
            }
            else if (DateTimeOffset.UtcNow > until)
            {
                throw new ClusterException("The lab's controller does not act.");
            }

            await Task.Delay(LookPeriod, cancel).ConfigureAwait(false);
        }
    }

    private static void Check(ClusterState state, DateTimeOffset until, TimeSpan limit)
    {
        var stuck = state.Pods.Where(pod => pod.Job.Length == 0 || state.Jobs.Any(job => job.Name == pod.Job && job.IsByItself)).SelectMany(pod => pod.Containers, (pod, container) => (pod, container)).FirstOrDefault(one => Hopeless.Contains(one.container.Reason));
        if (stuck.pod is not null)
        {
            throw new ClusterException($"{stuck.pod.Name} cannot start: {stuck.container.Message}");
        }

        if (DateTimeOffset.UtcNow > until)
        {
            if (state.Jobs.FirstOrDefault(job => job.IsByItself && !job.IsSettled) is { } job)
            {
                var last = state.Pods.LastOrDefault(pod => pod.Job == job.Name && pod.Namespace == job.Namespace);
                throw new ClusterException(
                    $"Job {job.Name} has not completed after {limit.TotalSeconds:0} s{(last is { Message.Length: > 0 } ? $": {last.Message}" : "")}.",
                    last?.Containers.FirstOrDefault(container => container.Status == "Running") is { } runs ? ContainerLog.Tail(runs.Log, 10) : []);
            }

            var waiting = state.Sets.First(set => !set.IsComplete);
            var pod = state.Pods.FirstOrDefault(pod => pod.Set == waiting.Name && pod.Namespace == waiting.Namespace && !pod.IsHealthy);
            var blocking = pod?.Containers.FirstOrDefault(container => !container.Ready);
            throw new ClusterException(
                $"{waiting.Name} is not ready after {limit.TotalSeconds:0} s: it waits for {waiting.WaitsFor}{(pod is { Message.Length: > 0 } ? $" ({pod.Message})" : "")}.{WaysOut(waiting, pod)}",
                blocking is null ? [] : blocking.Status == "Running" ? ContainerLog.Tail(blocking.Log, 10) : blocking.Last?.LastLines);
        }
    }

    // A known limit of ordered StatefulSets: the controller waits for the pod, and replaces it no more.
    private static string WaysOut(SetState set, PodState? pod) => pod is not null && set.Updated > 0 && set.Updated < set.Replicas && pod.Revision == set.Revision
        ? $" The roll has stopped there; pods that it has not reached run as before. Two ways out, back to the old template or on to a better one: apply that, and delete {pod.Name}, which is not replaced by itself."
        : string.Empty;
}
