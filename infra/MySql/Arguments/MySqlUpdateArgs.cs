using Infra.Arguments;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// How a change reaches the servers: replicas from the highest ordinal, each when the one before it has caught up again, and the primary last. Plain values, as
/// what a deployment waits for derives from them.
/// </summary>
public sealed class MySqlUpdateArgs : ResourceArgs
{
    /// <summary>When the primary follows: one of <see cref="MySqlPrimaryUpdate"/>. Default: <see cref="MySqlPrimaryUpdate.Auto"/>.</summary>
    [Input("primary")]
    public string? Primary { get; set; }

    /// <summary>Servers below this ordinal keep what they have, so that the others try a change out. Default: 0, all of them follow.</summary>
    [Input("partition")]
    public int? Partition { get; set; }

    /// <summary>How long a server has to stay ready before the next one is made or replaced, in seconds. Default: 0.</summary>
    [Input("minReadySeconds")]
    public int? MinReadySeconds { get; set; }

    /// <summary>The same in the words of a StatefulSet.</summary>
    internal RollingUpdateArgs Rolling => new()
    {
        Partition = Primary == MySqlPrimaryUpdate.Manual ? Math.Max(Partition ?? 0, StatefulIdentity.PrimaryOrdinal + 1) : Partition,
        MinReadySeconds = MinReadySeconds,
    };

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .Add(nameof(Primary), Primary is null ? null : Choice.Problem(Primary, MySqlPrimaryUpdate.All))
        .Problems
        .Concat(Rolling.Problems(argument))
        .ToList();
}
