using System.Globalization;

namespace Cli.Graphs;

/// <summary>A graph in mermaid's words, which GitHub and others draw where a Markdown file has them. An arrow leads from what is first to what waits for it.</summary>
internal static class GraphMermaid
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(StackGraph graph)
    {
        var items = graph.Roots.SelectMany(All).ToList();
        var ids = items.Select((item, i) => (item, id: string.Create(CultureInfo.InvariantCulture, $"{(item.IsGroup ? 'g' : 'n')}{i}"))).ToDictionary(pair => pair.item, pair => pair.id);
        return
        [
            "flowchart LR",
            .. graph.Roots.SelectMany(root => Shapes(root, ids, "  ")),
            .. items.SelectMany(item => item.After.Select(earlier => $"  {ids[earlier]} --> {ids[item]}")),
        ];
    }

    private static IEnumerable<GraphItem> All(GraphItem item) => item.Children.SelectMany(All).Prepend(item);

    private static IEnumerable<string> Shapes(GraphItem item, Dictionary<GraphItem, string> ids, string indent) => item.IsGroup
        ? [$"{indent}subgraph {ids[item]}[\"{item.Kind} {item.Name}\"]", .. item.Children.SelectMany(child => Shapes(child, ids, indent + "  ")), $"{indent}end"]
        : [item.Kind == "Pod" ? $"{indent}{ids[item]}([\"{item.Name}\"])" : $"{indent}{ids[item]}[\"{item.Kind}<br/>{item.Name}\"]"];
}
