namespace Cli.Checks.Policies;

/// <summary>Every policy there is: docs/policies.md is this table, with what is waived and why.</summary>
internal static class PolicyTable
{
    /// <summary>The policies.</summary>
    public static IReadOnlyList<Policy> All { get; } = [.. AvailabilityPolicies.All, .. SelectorPolicies.All, .. ContainerPolicies.All, .. SecurityPolicies.All];

    /// <summary>The rows of the documentation: a check, which linter has it, and what is held or why it is not.</summary>
    public static IEnumerable<string> Rows =>
    [
        .. All.Select(policy => $"| `{policy.Id}` | {policy.Source} | {policy.Demand} |"),
        .. Waiver.All.Select(waiver => $"| `{waiver.Id}` | {waiver.Source} | *waived*: {waiver.Reason} |"),
    ];
}
