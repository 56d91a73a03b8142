namespace Cli.Graphs;

/// <summary>A resource of a stack, a pod that one of them makes, or a component, which groups what is under it.</summary>
/// <param name="kind">What it is, such as <c>StatefulSet</c>.</param>
/// <param name="name">What it is called.</param>
/// <param name="isGroup">Whether it is a component.</param>
internal sealed class GraphItem(string kind, string name, bool isGroup = false)
{
    /// <summary>What it is.</summary>
    public string Kind { get; } = kind;

    /// <summary>What it is called.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it is a component.</summary>
    public bool IsGroup { get; } = isGroup;

    /// <summary>What tells it from others: kind and name.</summary>
    public string Label => $"{Kind} {Name}";

    /// <summary>The component that it is under; nothing for what stands in the stack itself.</summary>
    public GraphItem? Group { get; internal set; }

    /// <summary>What is under a component, in the order of their beginning.</summary>
    public IReadOnlyList<GraphItem> Children { get; internal set; } = [];

    /// <summary>What it waits for, and does not wait for by way of another.</summary>
    public IReadOnlyList<GraphItem> After { get; internal set; } = [];

    /// <summary>The step in which it begins, from 1 on; a component begins with the first of what is under it.</summary>
    public int Step { get; internal set; }

    /// <summary>The resources and pods of which it consists: itself, or all that is under it.</summary>
    public IEnumerable<GraphItem> Leaves => IsGroup ? Children.SelectMany(child => child.Leaves) : [this];
}
