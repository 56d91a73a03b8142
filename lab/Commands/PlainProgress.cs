namespace Lab.Commands;

/// <summary>Progress for a log: a line for each pod that has come to another step, and one every ten seconds of the pod that is waited for.</summary>
/// <param name="time">The clock.</param>
/// <param name="write">Takes each line.</param>
internal sealed class PlainProgress(TimeProvider time, Action<string> write)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    private readonly Dictionary<(string Namespace, string Pod), string> steps = [];
    private DateTimeOffset told;

    /// <summary>Shows how far the sets are.</summary>
    public void Show(IReadOnlyList<SetProgress> sets)
    {
        foreach (var pod in sets.SelectMany(set => set.Pods).Where(HasMoved))
        {
            Tell(pod);
        }

        if (time.GetUtcNow() - told >= Period && sets.FirstOrDefault(set => !set.IsComplete) is { } open)
        {
            Tell(open.Pods.FirstOrDefault(pod => pod.Step is not (PodProgress.Ready or "completed" or "failed")) ?? open.Missing);
        }
    }

    private bool HasMoved(PodProgress pod)
    {
        var moved = steps.GetValueOrDefault((pod.Namespace, pod.Name)) != pod.Step;
        steps[(pod.Namespace, pod.Name)] = pod.Step;
        return moved;
    }

    private void Tell(PodProgress pod)
    {
        told = time.GetUtcNow();
        write(pod.Line());
    }
}
