using Lab.State;

namespace Lab;

/// <summary>How far a StatefulSet, or a Job, is.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsComplete">Whether it is as wanted.</param>
/// <param name="WaitsFor">What it waits for.</param>
/// <param name="Waited">Since how long.</param>
/// <param name="Pods">Its pods, by ordinal.</param>
public sealed record SetProgress(string Namespace, string Name, bool IsComplete, string? WaitsFor, TimeSpan Waited, IReadOnlyList<PodProgress> Pods)
{
    /// <summary>What stands for a pod that is not there yet.</summary>
    public PodProgress Missing => new(Namespace, Name, WaitsFor ?? "waiting", Waited, string.Empty);

    /// <summary>The progress of all sets, and of the Jobs that are wanted by themselves.</summary>
    public static IReadOnlyList<SetProgress> Of(ClusterState state, DateTimeOffset now) =>
    [
        .. state.Jobs.Where(job => job.IsByItself).Select(job => new SetProgress(
            job.Namespace,
            job.Name,
            job.IsSettled,
            job.IsSettled ? null : "to complete",
            now - job.CreatedAt,
            [.. state.Pods.Where(pod => pod.Namespace == job.Namespace && pod.Job == job.Name).Select(pod => PodProgress.Of(pod, now))])),
        .. state.Sets.Select(set => new SetProgress(
            set.Namespace,
            set.Name,
            set.IsComplete,
            set.WaitsFor,
            set.WaitsSince is { } since ? now - since : TimeSpan.Zero,
            [.. state.Pods.Where(pod => pod.Namespace == set.Namespace && pod.Set == set.Name).Select(pod => PodProgress.Of(pod, now))])),
    ];
}
