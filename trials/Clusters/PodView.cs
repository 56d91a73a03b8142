using k8s.Models;

namespace Trials.Clusters;

/// <summary>A pod as any cluster shows it.</summary>
/// <param name="Name">Its name, which outlives it.</param>
/// <param name="Uid">Its own id, which does not.</param>
/// <param name="Address">Its address; empty until it has one.</param>
/// <param name="Ready">Whether all its containers are ready.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ReadyAt">When it last became ready; nothing until then.</param>
/// <param name="Restarts">How often a container of it was started again.</param>
/// <param name="Terminating">Whether it is being deleted.</param>
/// <param name="Reason">What it or a container of it waits for, as the cluster says it; empty when nothing is said.</param>
public sealed record PodView(
    string Name, string Uid, string Address, bool Ready, DateTimeOffset CreatedAt, DateTimeOffset? ReadyAt, int Restarts, bool Terminating, string Reason)
{
    /// <summary>A pod of an API server.</summary>
    public static PodView Of(V1Pod pod)
    {
        var ready = pod.Status?.Conditions?.FirstOrDefault(condition => condition is { Type: "Ready", Status: "True" });
        return new PodView(
            pod.Name(),
            pod.Uid(),
            pod.Status?.PodIP ?? "",
            ready is not null,
            Time(pod.CreationTimestamp())!.Value,
            Time(ready?.LastTransitionTime),
            pod.Status?.ContainerStatuses?.Sum(container => container.RestartCount) ?? 0,
            pod.DeletionTimestamp() is not null,
            string.Join(' ', Waits(pod.Status)));
    }

    private static IEnumerable<string> Waits(V1PodStatus? status) =>
        from container in (status?.InitContainerStatuses ?? []).Concat(status?.ContainerStatuses ?? [])
        let waiting = container.State?.Waiting
        where waiting is not null
        select $"{container.Name}: {waiting.Reason} {waiting.Message}".TrimEnd();

    // The API speaks in UTC.
    private static DateTimeOffset? Time(DateTime? time) => time is null ? null : new DateTimeOffset(DateTime.SpecifyKind(time.Value, DateTimeKind.Utc));
}
