using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Identity;

namespace Infra.Workloads;

/// <summary>
/// The labels of a workload: on its objects, on its pods, and in every selector that has to find those pods. They are written here only. Selectors
/// carry all but <see cref="ManagedBy"/>, so that no other workload's pod, and no Job or exporter beside this one, is taken for one of its own.
/// </summary>
/// <remarks>Keys and their meaning: Kubernetes' "Recommended Labels"; <c>app</c> is that of the document that the project comes from.</remarks>
internal sealed partial class WorkloadLabels
{
    /// <summary>The label's key under which the workload's headless Service is named.</summary>
    public const string App = "app";

    /// <summary>The label's key that says what runs.</summary>
    public const string Name = "app.kubernetes.io/name";

    /// <summary>The label's key that says which one of those it is: the StatefulSet's name.</summary>
    public const string Instance = "app.kubernetes.io/instance";

    /// <summary>The label's key that says which part of it.</summary>
    public const string Component = "app.kubernetes.io/component";

    /// <summary>The label's key that says by what it is made.</summary>
    public const string ManagedBy = "app.kubernetes.io/managed-by";

    /// <summary>The label's key by which the StatefulSet controller gives every pod its own name.</summary>
    public const string PodName = "statefulset.kubernetes.io/pod-name";

    /// <summary>The label's key by which the StatefulSet controller gives every pod its ordinal.</summary>
    public const string PodIndex = "apps.kubernetes.io/pod-index";

    private readonly StatefulIdentity identity;

    /// <summary>The labels of a workload.</summary>
    /// <param name="identity">Who its pods are.</param>
    /// <param name="application">What runs, such as <c>mysql</c>: a value that <see cref="ValueProblem"/> accepts.</param>
    /// <param name="component">Which part of it, such as <c>database</c>: another such value.</param>
    public WorkloadLabels(StatefulIdentity identity, string application, string component)
    {
        this.identity = identity;
        Selector = ImmutableDictionary<string, string>.Empty
            .Add(App, identity.Service)
            .Add(Name, application)
            .Add(Instance, identity.Name)
            .Add(Component, component);
    }

    private WorkloadLabels(StatefulIdentity identity, ImmutableDictionary<string, string> selector) => (this.identity, Selector) = (identity, selector);

    /// <summary>The labels of what stands beside the workload, such as a Job that looks after it: no selector of the workload finds its pods.</summary>
    /// <param name="part">Which part of the application that is.</param>
    public WorkloadLabels Beside(string part) => new(identity, Selector.SetItem(App, $"{identity.Name}-{part}").SetItem(Component, part));

    /// <summary>What every selector of the workload asks for.</summary>
    public ImmutableDictionary<string, string> Selector { get; }

    /// <summary>The labels of the workload's objects and pods.</summary>
    public ImmutableDictionary<string, string> All => Selector.Add(ManagedBy, "pulumi");

    /// <summary>What a selector asks for that has to find one pod of the workload, and no other.</summary>
    public ImmutableDictionary<string, string> SelectorOfPod(int ordinal) => Selector.Add(PodName, identity.Pod(ordinal));

    /// <summary>What is wrong with a value of a label; nothing when it is right.</summary>
    public static string? ValueProblem(string value) => value.Length is > 0 and <= ResourceName.MaxLabelLength && ValuePattern().IsMatch(value)
        ? null
        : $"\"{value}\" is not the value of a label: at most {ResourceName.MaxLabelLength} letters, digits, '-', '_' and '.', starting and ending with a letter or digit";

    /// <summary>Why a user may not put a label on the workload's pods; nothing when he may.</summary>
    internal static string? ExtraProblem(string key, string value) => key is App or Name or Instance or Component or ManagedBy or PodName or PodIndex
        ? "this label is the workload's own; its Services find its pods by it"
        : MetadataKey.LabelProblem(key) ?? (value.Length == 0 ? null : ValueProblem(value));

    [GeneratedRegex("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValuePattern();
}
