using Lab.Specs;
using Lab.State;

namespace Lab.Controllers;

/// <summary>What to do next for a StatefulSet: the rules of the Kubernetes controller as a function of what is wanted and what is there.</summary>
/// <param name="Create">Ordinals to create pods for.</param>
/// <param name="Delete">Pods to delete.</param>
/// <param name="WaitsFor">What has to happen before the next step; null when all is as wanted.</param>
/// <param name="Pod">The pod it waits for.</param>
public sealed record StatefulSetPlan(IReadOnlyList<int> Create, IReadOnlyList<PodState> Delete, string? WaitsFor, string? Pod)
{
    private static readonly StatefulSetPlan Done = new([], [], null, null);

    /// <summary>The next step for a set.</summary>
    /// <param name="set">What is wanted.</param>
    /// <param name="pods">The set's pods, in any order.</param>
    /// <param name="now">The time, for how long a pod has been ready.</param>
    public static StatefulSetPlan Next(StatefulSetSpec set, IReadOnlyList<PodState> pods, DateTimeOffset now) =>
        set.Ordered ? NextOrdered(set, pods, now) : NextParallel(set, pods, now);

    private static StatefulSetPlan NextOrdered(StatefulSetSpec set, IReadOnlyList<PodState> pods, DateTimeOffset now)
    {
        for (var ordinal = 0; ordinal < set.Replicas; ordinal++)
        {
            switch (pods.FirstOrDefault(pod => pod.Ordinal == ordinal))
            {
                case null:
                    return new([ordinal], [], $"{set.PodName(ordinal)} to be ready", set.PodName(ordinal));
                case { Terminating: true } pod:
                    return WaitFor(pod, "to end");
                case { IsHealthy: false } pod:
                    return WaitFor(pod, "to be ready");
                case { } pod when !set.IsAvailable(pod, now):
                    return WaitFor(pod, $"to stay ready for {set.MinReadySeconds} s");
            }
        }

        var highest = pods.Where(pod => pod.Ordinal >= set.Replicas).OrderByDescending(pod => pod.Ordinal).ToList();
        if (highest.Count > 0)
        {
            // One at a time; one that is not healthy holds back those below it unless it is the lowest that is not.
            var pod = highest[0];
            var lowestUnhealthy = highest.LastOrDefault(one => !one.IsHealthy);
            return pod.Terminating ? WaitFor(pod, "to end")
                : pod.IsHealthy || pod == lowestUnhealthy ? new([], [pod], $"{pod.Name} to end", pod.Name)
                : WaitFor(lowestUnhealthy!, "to be ready");
        }

        return NextUpdate(set, pods, now);
    }

    private static StatefulSetPlan NextParallel(StatefulSetSpec set, IReadOnlyList<PodState> pods, DateTimeOffset now)
    {
        var missing = Enumerable.Range(0, set.Replicas).Where(ordinal => pods.All(pod => pod.Ordinal != ordinal)).ToList();
        var surplus = pods.Where(pod => pod.Ordinal >= set.Replicas).ToList();
        var toDelete = surplus.Where(pod => !pod.Terminating).ToList();
        if (missing.Count > 0 || toDelete.Count > 0)
        {
            var name = missing.Count > 0 ? set.PodName(missing[0]) : toDelete[0].Name;
            return new(missing, toDelete, missing.Count > 0 ? $"{name} to be ready" : $"{name} to end", name);
        }

        var update = NextUpdate(set, pods, now);
        return update.WaitsFor is not null ? update
            : surplus.Count > 0 ? WaitFor(surplus[0], "to end")
            : pods.FirstOrDefault(pod => !pod.IsHealthy) is { } unhealthy ? WaitFor(unhealthy, "to be ready")
            : Done;
    }

    private static StatefulSetPlan NextUpdate(StatefulSetSpec set, IReadOnlyList<PodState> pods, DateTimeOffset now)
    {
        if (!set.Rolling)
        {
            return Done;
        }

        foreach (var pod in pods.Where(pod => pod.Ordinal < set.Replicas && pod.Ordinal >= set.Partition).OrderByDescending(pod => pod.Ordinal))
        {
            if (pod.Revision != set.Revision && !pod.Terminating)
            {
                return new([], [pod], $"{pod.Name} to be replaced", pod.Name);
            }

            if (!pod.IsHealthy)
            {
                return WaitFor(pod, pod.Terminating ? "to end" : "to be ready");
            }

            if (!set.IsAvailable(pod, now))
            {
                return WaitFor(pod, $"to stay ready for {set.MinReadySeconds} s");
            }
        }

        return Done;
    }

    private static StatefulSetPlan WaitFor(PodState pod, string what) => new([], [], $"{pod.Name} {what}", pod.Name);
}
