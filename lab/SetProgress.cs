using Lab.Pods;
using Lab.State;

namespace Lab;

/// <summary>How far a StatefulSet is.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsComplete">Whether it is as wanted.</param>
/// <param name="WaitsFor">What it waits for.</param>
/// <param name="Waited">Since how long.</param>
/// <param name="Pods">Its pods, by ordinal.</param>
public sealed record SetProgress(string Namespace, string Name, bool IsComplete, string? WaitsFor, TimeSpan Waited, IReadOnlyList<PodProgress> Pods)
{
    /// <summary>The progress of all sets.</summary>
    public static IReadOnlyList<SetProgress> Of(ClusterState state, DateTimeOffset now) => [.. state.Sets.Select(set => new SetProgress(
        set.Namespace,
        set.Name,
        set.IsComplete,
        set.WaitsFor,
        set.WaitsSince is { } since ? now - since : TimeSpan.Zero,
        [.. state.Pods.Where(pod => pod.Namespace == set.Namespace && pod.Set == set.Name).Select(pod => PodProgress.Of(pod, now))]))];
}

/// <summary>How far a pod is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ready">Whether it is ready.</param>
/// <param name="Reason">In a word or two: Running, Init:0/2, CrashLoopBackOff ...</param>
/// <param name="Took">From its creation to ready, or until now.</param>
/// <param name="Container">The container that it waits for; empty when it is ready.</param>
/// <param name="Detail">Why its readiness probe fails, the last line of its output while it starts, or why it doesn't.</param>
public sealed record PodProgress(string Name, bool Ready, string Reason, TimeSpan Took, string Container, string Detail)
{
    /// <summary>How far a pod is at a time.</summary>
    public static PodProgress Of(PodState pod, DateTimeOffset now)
    {
        var blocking = pod.Ready ? null : pod.Containers.FirstOrDefault(container => !container.Ready);
        var detail = blocking is not { Status: "Running" } ? pod.Message
            : blocking.Message is { Length: > 0 } why ? why.ReplaceLineEndings(" ")
            : ContainerLog.Tail(blocking.Log, 1) is [var line] ? line : "";
        return new PodProgress(pod.Name, pod.Ready, pod.Reason, (pod is { Ready: true, ReadySince: { } ready } ? ready : now) - pod.CreatedAt, blocking?.Name ?? "", detail);
    }
}
