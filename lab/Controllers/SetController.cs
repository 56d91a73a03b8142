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
    /// <returns>The sets as they are then.</returns>
    public IReadOnlyList<SetState> Reconcile(IReadOnlyList<StatefulSetSpec> sets)
    {
        foreach (var gone in pods.Values.Where(pod => pod.IsGone).ToList())
        {
            pods.Remove(gone.Record.Uid);
        }

        foreach (var orphan in pods.Values.Where(pod => !sets.Any(set => Owns(set, pod))))
        {
            Delete(orphan);
        }

        return [.. sets.Select(Reconcile)];
    }

    private SetState Reconcile(StatefulSetSpec set)
    {
        var plan = StatefulSetPlan.Next(set, StatesOf(set), time.GetUtcNow());
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
