using System.Text.Json.Nodes;
using Cli.Evaluation;
using Lab.Manifests;

namespace Cli.Checks;

/// <summary>
/// What holds for the order in which a stack's objects are made and replaced. It is read off the edges that the program drew, never off a list: objects
/// without an edge between them are made in any order, whatever a list shows.
/// </summary>
internal static class OrderInvariants
{
    /// <summary>The invariants, each with a name that says what it holds.</summary>
    public static IReadOnlyList<(string Name, Func<RecordedGraph, RecordedNode, IEnumerable<string>> Broken)> All { get; } =
    [
        ("everything a set refers to is made before it", References),
        ("a policy stands before the pods that it is for", Policies),
        ("a set's service name is its Service's own", ServiceName),
        ("nothing replaced under a fixed name reaches a set", Replacements),
        ("a namespace is made before what is in it", Namespaces),
        ("a namespace is protected", Protection),
    ];

    /// <summary>Every violation in a stack.</summary>
    public static IReadOnlyList<Violation> Check(RecordedGraph graph) =>
    [
        .. from node in graph.Objects
           from invariant in All
           from sentence in invariant.Broken(graph, node)
           select new Violation($"{node.Recorded.Kind}/{Object(node).Name}", sentence),
    ];

    private static IEnumerable<string> References(RecordedGraph graph, RecordedNode node)
    {
        var before = graph.Named(node);
        return from reference in Set(node)?.References ?? []
               from other in graph.Objects.Where(other => other.Recorded.Kind == reference.Kind && Object(other).Name == reference.Name && InOneNamespace(node, other))
               where !before.Contains(other)
               select $"it does not wait for {reference.Kind} \"{reference.Name}\", which its pods cannot start without";
    }

    private static IEnumerable<string> Policies(RecordedGraph graph, RecordedNode node)
    {
        var before = graph.Named(node);
        return Set(node) is not { } set ? [] :
            from policy in graph.Objects.Where(other => other.Recorded.Kind == "NetworkPolicy" && InOneNamespace(node, other))
            where StatefulSetView.IsWithin(policy.Recorded.Inputs["spec"]?["podSelector"]?["matchLabels"] as JsonObject ?? [], set.PodLabels) && !before.Contains(policy)
            select $"it does not wait for NetworkPolicy \"{Object(policy).Name}\"; its pods would run for a moment with every port open";
    }

    private static IEnumerable<string> ServiceName(RecordedGraph graph, RecordedNode node)
    {
        if (Set(node) is not null && !node.Marks.Flows.Any(flow => flow.Path == "spec.serviceName" && graph.Find(flow.From)?.Recorded.Kind == "Service"))
        {
            yield return "its serviceName is a text of its own; the Service's own name could become another";
        }
    }

    /// <summary>
    /// An object under a fixed name is deleted before it is made again, and what takes an input from one of its outputs is replaced with it: a set, with
    /// all its pods. Services are changed in place, and a ConfigMap that is named after its content is never replaced.
    /// </summary>
    private static IEnumerable<string> Replacements(RecordedGraph graph, RecordedNode node) =>
        from flow in Set(node) is null ? [] : node.Marks.Flows
        let source = graph.Find(flow.From)
        where source is not null && source.Recorded.IsKubernetes && !IsChangedInPlace(source)
        select $"its {flow.Path} comes from {source.Recorded.Kind} \"{Object(source).Name}\"; when that is replaced, all pods go with it";

    private static bool IsChangedInPlace(RecordedNode node) =>
        node.Recorded.Kind is "Service" or "Namespace" || (node.Recorded.Kind == "ConfigMap" && $"{node.Recorded.Inputs["immutable"]}" == "true");

    private static IEnumerable<string> Namespaces(RecordedGraph graph, RecordedNode node)
    {
        var made = graph.Objects.FirstOrDefault(other => other.Recorded.Kind == "Namespace" && Object(other).Name == Object(node).Namespace);
        if (made is not null && node.Recorded.Kind != "Namespace" && !graph.Before(node).Contains(made))
        {
            yield return $"it does not wait for namespace \"{Object(made).Name}\", which the stack makes";
        }
    }

    private static IEnumerable<string> Protection(RecordedGraph graph, RecordedNode node)
    {
        if (node.Recorded.Kind == "Namespace" && node.Recorded.Options.Protect != true)
        {
            yield return "it is not protected; deleting it deletes every claim in it";
        }
    }

    private static StatefulSetView? Set(RecordedNode node) => node.Recorded.Kind == "StatefulSet" ? new StatefulSetView(Object(node)) : null;

    private static Manifest Object(RecordedNode node) => new(node.Recorded.Inputs);

    private static bool InOneNamespace(RecordedNode one, RecordedNode other) => Object(one).Namespace == Object(other).Namespace;
}
