using Pulumi;

namespace Cli.Evaluation;

/// <summary>The resources of a run and the edges between them: who is whose parent, and who depends on whom, told by options or carried by inputs.</summary>
internal sealed class RecordedGraph
{
    private readonly Dictionary<Resource, RecordedNode> nodes;

    private readonly ILookup<RecordedNode?, RecordedNode> children;

    private RecordedGraph(IEnumerable<RecordedNode> nodes)
    {
        this.nodes = nodes.ToDictionary(node => node.Recorded.Resource, node => node, (IEqualityComparer<Resource>)ReferenceEqualityComparer.Instance);
        children = Nodes.ToLookup(ParentOf);
    }

    /// <summary>Everything registered, in the order of registration.</summary>
    public IReadOnlyCollection<RecordedNode> Nodes => nodes.Values;

    /// <summary>The Kubernetes objects, in the order of registration.</summary>
    public IEnumerable<RecordedNode> Objects => Nodes.Where(node => node.Recorded.IsKubernetes);

    /// <summary>Reads the graph of a run that is over.</summary>
    public static async Task<RecordedGraph> OfAsync(Recorder recorder)
    {
        var nodes = new List<RecordedNode>();
        foreach (var resource in recorder.Begun)
        {
            nodes.Add(await RecordedNode.OfAsync(resource, recorder));
        }

        return new RecordedGraph(nodes);
    }

    /// <summary>The parent of a resource; nothing for one that stands in the stack itself.</summary>
    public RecordedNode? ParentOf(RecordedNode node) => node.Recorded.Options.Parent is { } parent ? nodes.GetValueOrDefault(parent) : null;

    /// <summary>
    /// What a resource waits for, at once or through others: what it depends on, what its inputs come from, and all that its parent waits for, as a child
    /// begins after its parent. A component stands for everything under it.
    /// </summary>
    public IReadOnlySet<RecordedNode> Before(RecordedNode node)
    {
        var found = new HashSet<RecordedNode>();
        var next = new Queue<RecordedNode>(Directly(node));
        while (next.TryDequeue(out var one))
        {
            if (found.Add(one))
            {
                foreach (var more in Directly(one))
                {
                    next.Enqueue(more);
                }
            }
        }

        return found;
    }

    /// <summary>What a resource waits for by itself: its own dependencies and sources, a component's with all that is under it. Parentage is left out.</summary>
    public IReadOnlySet<RecordedNode> Named(RecordedNode node) =>
        node.DependsOn.Concat(node.Marks.Flows.Select(flow => flow.From)).Where(nodes.ContainsKey).SelectMany(other => WithChildren(nodes[other])).ToHashSet();

    /// <summary>The recorded resource of a resource.</summary>
    public RecordedNode? Find(Resource resource) => nodes.GetValueOrDefault(resource);

    /// <summary>A resource's name within everything that Pulumi manages, as the engine makes it: with the types of all its parents.</summary>
    public string Urn(RecordedNode node, string project, string stack) => $"urn:pulumi:{stack}::{project}::{Identity(node)}";

    /// <summary>The part of the URN that no project or stack changes: <c>type of the parent$type::name</c>.</summary>
    public string Identity(RecordedNode node) => $"{QualifiedType(node)}::{node.Recorded.Name}";

    /// <summary>
    /// Every name under which an engine would look for a resource of an earlier update: its own, and those of its aliases under each name of its parent.
    /// </summary>
    /// <remarks>Aliases of a parent are inherited: pulumi's pkg/resource/deploy/step_generator.go, generateAliases.</remarks>
    public IReadOnlySet<string> Identities(RecordedNode node) => Names(node).Select(name => $"{name.QualifiedType}::{name.Name}").ToHashSet();

    private IEnumerable<(string QualifiedType, string Name)> Names(RecordedNode node)
    {
        var own = node.Aliases.Select(alias => (Type: alias.Type ?? node.Recorded.Type, Name: alias.Name ?? node.Recorded.Name)).Prepend((node.Recorded.Type, node.Recorded.Name));
        var prefixes = ParentOf(node) is { } parent ? Names(parent).Select(name => $"{name.QualifiedType}$") : [string.Empty];
        return own.SelectMany(_ => prefixes, (identity, prefix) => ($"{prefix}{identity.Type}", identity.Name));
    }

    private string QualifiedType(RecordedNode node) => ParentOf(node) is { } parent ? $"{QualifiedType(parent)}${node.Recorded.Type}" : node.Recorded.Type;

    private IEnumerable<RecordedNode> Directly(RecordedNode node) => ParentOf(node) is { } parent ? Named(node).Append(parent) : Named(node);

    private IEnumerable<RecordedNode> WithChildren(RecordedNode node) => node.Recorded.Resource is ComponentResource
        ? children[node].SelectMany(WithChildren).Append(node)
        : [node];
}
