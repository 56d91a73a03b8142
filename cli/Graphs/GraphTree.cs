namespace Cli.Graphs;

/// <summary>A graph as a tree that a person can read, and the steps in which it begins.</summary>
internal static class GraphTree
{
    private const int Width = 120;

    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(StackGraph graph, string stack) =>
    [
        $"stack {stack}",
        .. graph.Roots.SelectMany((root, i) => Branch(root, string.Empty, i + 1 == graph.Roots.Count)),
        string.Empty,
        "begins in these steps, a pod when the one before it is ready",
        .. graph.Steps.SelectMany((step, i) => Wrapped($"{i + 1,3}  ", step)),
    ];

    private static IEnumerable<string> Branch(GraphItem item, string indent, bool last)
    {
        var after = item.After.Count == 0 ? string.Empty : $"   after {string.Join(", ", item.After.Select(other => other.Label))}";
        var below = indent + (last ? "   " : "│  ");
        return item.Children.SelectMany((child, i) => Branch(child, below, i + 1 == item.Children.Count)).Prepend($"{indent}{(last ? "└─ " : "├─ ")}{item.Label}{after}");
    }

    private static IEnumerable<string> Wrapped(string head, IReadOnlyList<GraphItem> step)
    {
        var line = head;
        for (var i = 0; i < step.Count; i++)
        {
            var word = i + 1 < step.Count ? $"{step[i].Label}, " : step[i].Label;
            if (line.Length > head.Length && line.Length + word.TrimEnd().Length > Width)
            {
                yield return line.TrimEnd();
                line = new string(' ', head.Length);
            }

            line += word;
        }

        yield return line;
    }
}
