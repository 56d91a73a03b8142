using System.Text.Json.Nodes;
using Cli.Evaluation;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using StatefulSet = Pulumi.Kubernetes.Apps.V1.StatefulSet;

namespace Cli.Graphs;

/// <summary>
/// What a stack consists of and what waits for what, down to the pods: a set's pods follow it one by one, and what waits for a set waits for its last pod, as
/// Pulumi ends a set's deployment when all its pods are ready.
/// </summary>
internal sealed class StackGraph
{
    private StackGraph(IReadOnlyList<GraphItem> roots)
    {
        Roots = roots;
        Leaves = [.. roots.SelectMany(root => root.Leaves)];
        Steps = [.. Leaves.GroupBy(item => item.Step).OrderBy(step => step.Key).Select(step => (IReadOnlyList<GraphItem>)[.. step])];
    }

    /// <summary>What stands in the stack itself, in the order of beginning.</summary>
    public IReadOnlyList<GraphItem> Roots { get; }

    /// <summary>Every resource and pod, in the order in which they are shown.</summary>
    public IReadOnlyList<GraphItem> Leaves { get; }

    /// <summary>Every resource and pod by its step: what is in one step waits for nothing in the same.</summary>
    public IReadOnlyList<IReadOnlyList<GraphItem>> Steps { get; }

    /// <summary>Reads the graph of a run that is over. The same stack gives the same graph, whatever order its resources were registered in.</summary>
    public static StackGraph Of(RecordedGraph recorded)
    {
        var items = recorded.Nodes.ToDictionary(node => node, node => new GraphItem(node.Recorded.Kind, NameOf(node.Recorded), node.Recorded.Resource is ComponentResource));
        var pods = recorded.Nodes.Where(node => node.Recorded.Resource is StatefulSet).ToDictionary(node => node, node => PodsOf(node.Recorded, items[node]));
        var waits = new GraphOrder();
        foreach (var node in recorded.Nodes)
        {
            var item = items[node];
            item.Group = recorded.ParentOf(node) is { } parent ? items[parent] : null;
            waits.Add(item, item.IsGroup
                ? node.DependsOn.Select(recorded.Find).OfType<RecordedNode>().Select(Last)
                : recorded.Named(node).Where(other => other.Recorded.Resource is not ComponentResource).Select(Last));
        }

        foreach (var (node, made) in pods)
        {
            for (var i = 0; i < made.Count; i++)
            {
                made[i].Group = items[node].Group;
                waits.Add(made[i], [i == 0 ? items[node] : made[i - 1]]);
            }
        }

        waits.Settle();
        return new StackGraph(Nest(null, waits.Items.ToLookup(item => item.Group)));

        GraphItem Last(RecordedNode node) => pods.TryGetValue(node, out var made) && made.Count > 0 ? made[^1] : items[node];
    }

    private static IReadOnlyList<GraphItem> Nest(GraphItem? group, ILookup<GraphItem?, GraphItem> children)
    {
        var nested = children[group].ToList();
        foreach (var item in nested.Where(item => item.IsGroup))
        {
            item.Children = Nest(item, children);
        }

        return [.. nested.OrderBy(item => item.Step).ThenBy(item => item.IsGroup).ThenBy(item => item.Kind, StringComparer.Ordinal).ThenBy(item => item.Name, StringComparer.Ordinal)];
    }

    /// <summary>The name that the cluster knows; that of the stack where the cluster's changes with the content, or where there is none.</summary>
    private static string NameOf(RecordedResource resource)
    {
        var name = resource.Inputs["metadata"]?["name"]?.GetValue<string>() ?? resource.Name;
        return resource.Inputs["data"] is JsonObject data && name.EndsWith($"-{ContentHash.Of(Texts(data))}", StringComparison.Ordinal) ? resource.Name : name;
    }

    private static IEnumerable<KeyValuePair<string, string>> Texts(JsonObject data) => data.Select(pair => KeyValuePair.Create(pair.Key, $"{pair.Value}"));

    private static List<GraphItem> PodsOf(RecordedResource set, GraphItem item)
    {
        var replicas = set.Inputs["spec"]?["replicas"]?.GetValue<int>() ?? 1;
        if (replicas < 1)
        {
            return [];
        }

        var identity = new StatefulIdentity(item.Name, $"{set.Inputs["spec"]?["serviceName"]}", replicas);
        return [.. identity.Ordinals.Select(ordinal => new GraphItem("Pod", identity.Pod(ordinal)))];
    }
}
