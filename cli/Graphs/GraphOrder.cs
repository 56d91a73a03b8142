namespace Cli.Graphs;

/// <summary>Who waits for whom, and in which step each begins.</summary>
internal sealed class GraphOrder
{
    private readonly Dictionary<GraphItem, HashSet<GraphItem>> waits = [];

    /// <summary>All items.</summary>
    public IReadOnlyCollection<GraphItem> Items => waits.Keys;

    /// <summary>Adds an item and what it waits for; a component stands for all that is under it.</summary>
    public void Add(GraphItem item, IEnumerable<GraphItem> waitsFor) => waits.Add(item, [.. waitsFor]);

    /// <summary>Gives every item the edges that no others imply, and its step: as late as what waits for it allows, so that what is made together stands together.</summary>
    public void Settle()
    {
        var before = waits.Keys.Where(item => !item.IsGroup).ToDictionary(item => item, BeforeLeaf);
        var earliest = new Dictionary<GraphItem, int>();
        var followers = before.SelectMany(pair => pair.Value, (pair, earlier) => (earlier, later: pair.Key)).ToLookup(edge => edge.earlier, edge => edge.later);
        foreach (var item in before.Keys)
        {
            Earliest(item, before, earliest);
        }

        foreach (var item in before.Keys.OrderByDescending(item => earliest[item]))
        {
            item.Step = followers[item].Any() ? followers[item].Min(later => later.Step) - 1 : earliest[item];
        }

        foreach (var (item, direct) in waits)
        {
            item.After = [.. Reduced(item, direct, before).OrderBy(other => other.Step).ThenBy(other => other.Kind, StringComparer.Ordinal).ThenBy(other => other.Name, StringComparer.Ordinal)];
        }

        foreach (var group in waits.Keys.Where(item => item.IsGroup))
        {
            var steps = before.Keys.Where(item => GroupsOf(item).Contains(group)).Select(item => item.Step).ToList();
            group.Step = steps.Count == 0 ? 1 : steps.Min();
        }
    }

    private static IEnumerable<GraphItem> GroupsOf(GraphItem item)
    {
        for (var group = item.Group; group is not null; group = group.Group)
        {
            yield return group;
        }
    }

    /// <summary>All that a resource waits for by name, its own and that of the components it is under.</summary>
    private HashSet<GraphItem> BeforeLeaf(GraphItem item) => [.. GroupsOf(item).Prepend(item).SelectMany(one => waits[one]).SelectMany(LeavesOf)];

    private IEnumerable<GraphItem> LeavesOf(GraphItem item) => item.IsGroup ? waits.Keys.Where(other => !other.IsGroup && GroupsOf(other).Contains(item)) : [item];

    private static int Earliest(GraphItem item, Dictionary<GraphItem, HashSet<GraphItem>> before, Dictionary<GraphItem, int> known)
    {
        if (!known.TryGetValue(item, out var step))
        {
            step = before[item].Select(earlier => Earliest(earlier, before, known)).DefaultIfEmpty(0).Max() + 1;
            known[item] = step;
        }

        return step;
    }

    /// <summary>What of it is not before another of it, nor before a component that the item is under.</summary>
    private IEnumerable<GraphItem> Reduced(GraphItem item, HashSet<GraphItem> direct, Dictionary<GraphItem, HashSet<GraphItem>> before)
    {
        var reached = new HashSet<GraphItem>(GroupsOf(item).SelectMany(group => waits[group]));
        var next = new Queue<GraphItem>(direct.Where(before.ContainsKey).SelectMany(earlier => before[earlier]));
        while (next.TryDequeue(out var one))
        {
            if (reached.Add(one))
            {
                foreach (var earlier in before[one])
                {
                    next.Enqueue(earlier);
                }
            }
        }

        return direct.Where(earlier => !reached.Contains(earlier));
    }
}
