namespace Cli.Status;

/// <summary>A disruption budget that selects pods of the table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Allowed">How many more pods may be evicted now.</param>
/// <param name="Healthy">How many of its pods are ready.</param>
/// <param name="Needed">How many have to be.</param>
public sealed record BudgetRow(string Name, string Namespace, int Allowed, int Healthy, int Needed);
