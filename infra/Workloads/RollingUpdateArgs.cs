using Infra.Arguments;
using Pulumi;

namespace Infra.Workloads;

/// <summary>
/// How a changed pod template reaches the pods: from the highest ordinal to the lowest, each when the one before it is ready again. Plain values, as what a
/// deployment waits for, and for how long, derives from them.
/// </summary>
public sealed class RollingUpdateArgs : ResourceArgs
{
    /// <summary>
    /// Pods below this ordinal keep the template that they have, also when they are made anew: a canary is a partition of one less than there are pods. A
    /// deployment then waits for the others alone. Default: 0, all pods follow.
    /// </summary>
    [Input("partition")]
    public int? Partition { get; set; }

    /// <summary>How long a pod has to stay ready before the next one is made or replaced, in seconds. Default: 0.</summary>
    [Input("minReadySeconds")]
    public int? MinReadySeconds { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the workload takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .Add(nameof(Partition), Partition is null or >= 0 ? null : $"{Partition}: it is the lowest ordinal that follows a change, at least 0")
        .Add(nameof(MinReadySeconds), MinReadySeconds is null or >= 0 ? null : $"{MinReadySeconds}: it is a time in seconds, at least 0")
        .Problems;
}
