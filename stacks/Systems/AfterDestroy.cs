using System.Collections.Immutable;
using Pulumi;

namespace Stacks.Systems;

/// <summary>
/// What a stack tells of the pods that outlive it: <c>pulumi destroy</c> shows a stack's outputs before it removes them, and is the moment to read this.
/// </summary>
internal static class AfterDestroy
{
    private const string Meaning =
        "pulumi destroy leaves these systems' pods running, and that is meant: replacing a StatefulSet must not stop them. What ends them (their claims stay):";

    /// <summary>All of it: that it is meant, and a line for each system; nothing where there is none.</summary>
    public static IReadOnlyList<Output<string>> Lines(IReadOnlyCollection<RegisteredSystem> systems) =>
        systems.Count == 0 ? [] : [Output.Create(Meaning), .. systems.Select(system => system.EndPods)];

    /// <summary>The line that ends a system's pods, and no others.</summary>
    /// <param name="place">The namespace.</param>
    /// <param name="selector">The labels by which the system finds its pods.</param>
    public static Output<string> Line(string place, Output<ImmutableDictionary<string, string>> selector) => selector.Apply(labels =>
        $"kubectl delete pod -n {place} -l {string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"))}");
}
