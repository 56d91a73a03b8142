using Lab.Pods;
using Lab.Specs;
using Lab.State;

namespace Lab.Controllers;

/// <summary>Makes and deletes pods as the StatefulSets want them.</summary>
/// <param name="pods">All pods there are, by uid; changed by this.</param>
/// <param name="bringToLife">Makes a new pod of a set.</param>
/// <param name="time">The clock.</param>
public sealed class SetController(IDictionary<string, IPod> pods, Func<StatefulSetSpec, int, IPod> bringToLife, TimeProvider time)
{
    private readonly Dictionary<string, (string What, DateTimeOffset Since)> _waits = [];

    /// <summary>Takes every step that can be taken now.</summary>
    /// <param name="sets">The sets that are wanted.</param>
    /// <param name="jobs">The Jobs as they are.</param>
    /// <returns>The sets as they are then.</returns>
    public IReadOnlyList<SetState> Reconcile(IReadOnlyList<StatefulSetSpec> sets, IReadOnlyList<JobState> jobs)
    {
        foreach (var orphan in pods.Values.Where(pod => pod.Record.Job.Length == 0 && !sets.Any(set => Owns(set, pod))))
        {
            Delete(orphan);
        }

        var completed = jobs.Where(job => job is { Phase: JobState.Complete, IsByItself: true }).Select(job => $"{job.Namespace}/{job.Name}").ToHashSet(StringComparer.Ordinal);
        return [.. sets.Select(set => Reconcile(set, set.AfterJobs.FirstOrDefault(job => !completed.Contains(job))))];
    }

    // Where a Job is to come first, that is before the set begins: one that has pods goes on.
    private SetState Reconcile(StatefulSetSpec set, string? first)
    {
        var before = StatesOf(set);
        var plan = first is not null && before.Count == 0 && set.Replicas > 0
            ? new StatefulSetPlan([], [], $"Job {first[(first.IndexOf('/') + 1)..]} to complete", null)
            : StatefulSetPlan.Next(set, before, time.GetUtcNow());
        foreach (var ordinal in plan.Create)
        {
            var pod = bringToLife(set, ordinal);
            pods[pod.Record.Uid] = pod;
        }

        foreach (var surplus in plan.Delete)
        {
            Delete(pods[surplus.Uid]);
        }

        var states = StatesOf(set);
        var wanted = states.Where(pod => pod.Ordinal < set.Replicas).ToList();
        return new SetState
        {
            Namespace = set.Namespace,
            Name = set.Name,
            Replicas = set.Replicas,
            Ready = wanted.Count(pod => pod.IsHealthy),
            Updated = wanted.Count(pod => pod.Revision == set.Revision),
            Revision = set.Revision,
            WaitsFor = plan.WaitsFor,
            WaitsSince = SinceOf(set, plan.WaitsFor),
        };
    }

    private DateTimeOffset? SinceOf(StatefulSetSpec set, string? what)
    {
        var key = $"{set.Namespace}/{set.Name}";
        if (what is null)
        {
            _waits.Remove(key);
            return null;
        }

        if (!_waits.TryGetValue(key, out var wait) || wait.What != what)
        {
            _waits[key] = wait = (what, time.GetUtcNow());
        }

        return wait.Since;
    }

    private static void Delete(IPod pod)
    {
        if (pod.Record.DeletedAt is null)
        {
            pod.Delete(pod.Record.Grace);
        }
    }

    private List<PodState> StatesOf(StatefulSetSpec set) => [.. pods.Values.Where(pod => Owns(set, pod)).Select(pod => pod.State)];

    private static bool Owns(StatefulSetSpec set, IPod pod) => pod.Record.Namespace == set.Namespace && pod.Record.Set == set.Name;
}
