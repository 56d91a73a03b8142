namespace Cli.Graphs;

/// <summary>
/// Where the resources of one system are drawn: a column a step, and within a column places from the top. An edge over more than one column takes a free place
/// in each of those that it passes, so that it is drawn over nothing else.
/// </summary>
/// <remarks>
/// The usual layered layout (Sugiyama, Tagawa and Toda, 1981): steps are the layers, which the graph has already, and a few sweeps put each place near those that
/// it is connected to. By hand, as a stack's graph is small and its layers are known: a layout package would be the larger part of the command.
/// </remarks>
internal sealed class GraphLane
{
    private const int Sweeps = 4;

    private readonly List<List<Place>> columns = [];

    private GraphLane(GraphItem? group) => Group = group;

    /// <summary>The system; nothing for what stands in the stack itself.</summary>
    public GraphItem? Group { get; }

    /// <summary>The columns, each with its places from the top; those without an item are an edge's.</summary>
    public IReadOnlyList<IReadOnlyList<Place>> Columns => columns;

    /// <summary>The edges, each by the places that it goes through, from the first to the one that waits.</summary>
    public IReadOnlyList<IReadOnlyList<Place>> Edges { get; private set; } = [];

    /// <summary>Places the resources of a system.</summary>
    public static GraphLane Of(GraphItem? group, IReadOnlyList<GraphItem> leaves)
    {
        var lane = new GraphLane(group);
        var first = leaves.Min(item => item.Step);
        lane.columns.AddRange(Enumerable.Range(0, leaves.Max(item => item.Step) - first + 1).Select(_ => new List<Place>()));
        var places = leaves.ToDictionary(item => item, item => lane.Add(item.Step - first, item));
        lane.Edges = [.. leaves.SelectMany(item => item.After.Where(places.ContainsKey).Select(earlier => lane.Path(places[earlier], places[item])))];
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            lane.Sweep(forward: sweep % 2 == 0);
        }

        return lane;
    }

    private Place Add(int column, GraphItem? item)
    {
        var place = new Place(item, column) { Row = columns[column].Count };
        columns[column].Add(place);
        return place;
    }

    private List<Place> Path(Place from, Place to)
    {
        List<Place> path = [from, .. Enumerable.Range(from.Column + 1, to.Column - from.Column - 1).Select(column => Add(column, null)), to];
        for (var i = 1; i < path.Count; i++)
        {
            path[i - 1].After.Add(path[i]);
            path[i].Before.Add(path[i - 1]);
        }

        return path;
    }

    private void Sweep(bool forward)
    {
        foreach (var column in forward ? columns : Enumerable.Reverse(columns))
        {
            // A stable order: places with equal neighbours, or none, stay as they were.
            var sorted = column.OrderBy(place => Middle(place, forward ? place.Before : place.After)).ToList();
            for (var row = 0; row < sorted.Count; row++)
            {
                sorted[row].Row = row;
            }

            column.Clear();
            column.AddRange(sorted);
        }
    }

    private double Middle(Place place, List<Place> neighbours) =>
        neighbours.Count == 0 ? Share(place) : neighbours.Average(Share);

    // Columns are as high as each other when drawn: what counts is how far down a place is.
    private double Share(Place place) => place.Row - ((columns[place.Column].Count - 1) / 2.0);

    /// <summary>A place in a column.</summary>
    /// <param name="item">What is drawn there; nothing where an edge passes.</param>
    /// <param name="column">The column, from 0 on.</param>
    internal sealed class Place(GraphItem? item, int column)
    {
        /// <summary>What is drawn there.</summary>
        public GraphItem? Item { get; } = item;

        /// <summary>The column.</summary>
        public int Column { get; } = column;

        /// <summary>The place from the top, from 0 on.</summary>
        public int Row { get; set; }

        /// <summary>The places that edges come from.</summary>
        public List<Place> Before { get; } = [];

        /// <summary>The places that edges go to.</summary>
        public List<Place> After { get; } = [];
    }
}
