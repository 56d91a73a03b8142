namespace Cli.Status;

/// <summary>What there is to say of a cluster's pods.</summary>
/// <param name="Pods">The pods.</param>
/// <param name="Budgets">The disruption budgets that select any of them.</param>
/// <param name="Notes">What could not be found out, and what is odd, in sentences.</param>
internal sealed record StatusReport(IReadOnlyList<PodRow> Pods, IReadOnlyList<BudgetRow> Budgets, IReadOnlyList<string> Notes)
{
    /// <summary>The backups of those systems that have any.</summary>
    public IReadOnlyList<BackupRow> Backups { get; init; } = [];

    /// <summary>Whether there are pods, and all of them are ready.</summary>
    public bool AllReady => Pods.Count > 0 && Pods.All(pod => pod.Ready);
}
