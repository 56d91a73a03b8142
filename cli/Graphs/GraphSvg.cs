using System.Globalization;
using System.Security;
using System.Text;

namespace Cli.Graphs;

/// <summary>
/// A graph as a picture that stands by itself: no font, script or style from elsewhere, and colours for light and for dark. A system is a frame; in it, time runs
/// from left to right.
/// </summary>
internal sealed class GraphSvg
{
    private const int Margin = 16;
    private const int BoxHeight = 40;
    private const int RowGap = 12;
    private const int ColumnGap = 44;
    private const int Title = 30;
    private const int LaneGap = 34;
    private const int Padding = 14;
    private const int LeastWidth = 76;

    // Of a letter, at the sizes below, in the widest of the fonts that are usual on screens: boxes may be a little wide and never too narrow.
    private const double NameLetter = 7.3;
    private const double KindLetter = 6.4;

    private const string Style = """
          <style>
            text { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
            .kind { font-size: 10.5px; fill: #59636e; }
            .name { font-size: 12px; }
            .title { font-size: 13px; font-weight: 600; }
            .frame { fill: #f6f8fa; stroke: #d1d9e0; }
            .box { fill: #ffffff; stroke: #818b98; }
            .pod { fill: #ddf4ff; stroke: #0969da; }
            .edge { fill: none; stroke: #818b98; stroke-width: 1.2; }
            .tip { fill: #818b98; }
            @media (prefers-color-scheme: dark) {
              text { fill: #f0f6fc; }
              .kind { fill: #9198a1; }
              .frame { fill: #151b23; stroke: #3d444d; }
              .box { fill: #0d1117; stroke: #9198a1; }
              .pod { fill: #121d2f; stroke: #4493f8; }
              .edge { stroke: #9198a1; }
              .tip { fill: #9198a1; }
            }
          </style>
        """;

    private readonly StringBuilder edges = new();
    private readonly StringBuilder boxes = new();
    private readonly Dictionary<GraphItem, Box> drawn = [];
    private double width;

    private GraphSvg()
    {
    }

    /// <summary>The picture's text.</summary>
    public static string Of(StackGraph graph, string stack)
    {
        var svg = new GraphSvg();
        var height = svg.Draw(graph);
        var title = SecurityElement.Escape($"Stack {stack}: its resources, and what waits for what");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{svg.width:0}" height="{height:0}" viewBox="0 0 {svg.width:0} {height:0}" role="img" aria-label="{title}">
              <title>{title}</title>
            {Style}
              <defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0.5 8 4 0 7.5z"/></marker></defs>
            {svg.boxes}{svg.edges}</svg>

            """);
    }

    private static double WidthOf(GraphItem item) => Math.Max(LeastWidth, Math.Ceiling(Math.Max(item.Name.Length * NameLetter, item.Kind.Length * KindLetter)) + 18);

    private double Draw(StackGraph graph)
    {
        double top = Margin;
        var alone = graph.Roots.Where(root => !root.IsGroup).ToList();
        if (alone.Count > 0)
        {
            top = Draw(GraphLane.Of(null, alone), top);
        }

        foreach (var system in graph.Roots.Where(root => root.IsGroup && root.Leaves.Any()))
        {
            top = Draw(GraphLane.Of(system, [.. system.Leaves]), top);
        }

        foreach (var item in drawn.Keys.OrderBy(item => drawn[item].Top).ThenBy(item => drawn[item].Left))
        {
            foreach (var earlier in item.After.Where(earlier => drawn.ContainsKey(earlier) && !SameSystem(earlier, item)))
            {
                Down(drawn[earlier], drawn[item]);
            }
        }

        return Math.Max(top - LaneGap + Margin, 2 * Margin);
    }

    private static bool SameSystem(GraphItem one, GraphItem other) => System(one) == System(other);

    private static GraphItem? System(GraphItem item) => item.Group is { } group ? System(group) ?? group : item.IsGroup ? item : null;

    private double Draw(GraphLane lane, double top)
    {
        var rows = lane.Columns.Max(column => column.Count);
        var inner = (rows * (BoxHeight + RowGap)) - RowGap;
        var (frame, head) = lane.Group is null ? (0, 0) : (Padding, Title);
        double left = Margin + frame;
        var lefts = new List<double>();
        var widths = lane.Columns.Select(column => column.Where(place => place.Item is not null).Select(place => WidthOf(place.Item!)).DefaultIfEmpty(0).Max()).ToList();
        foreach (var columnWidth in widths)
        {
            lefts.Add(left);
            left += columnWidth + ColumnGap;
        }

        var right = left - ColumnGap + frame;
        var bottom = top + head + inner + frame;
        if (lane.Group is { } group)
        {
            right = Math.Max(right, Margin + (2 * Padding) + Math.Ceiling(group.Label.Length * 8.0));
            Add(boxes, $"""  <rect class="frame" x="{Margin}" y="{top:0.#}" width="{right - Margin:0.#}" height="{bottom - top:0.#}" rx="8"/>""");
            Add(boxes, $"""  <text class="title" x="{Margin + Padding}" y="{top + 20:0.#}">{SecurityElement.Escape(group.Label)}</text>""");
            drawn[group] = new Box(Margin, top, right - Margin, bottom - top);
        }

        var at = lane.Columns.SelectMany((column, i) => column.Select(place => (place, box: new Box(
            lefts[i], top + head + ((rows - column.Count) * (BoxHeight + RowGap) / 2.0) + (place.Row * (BoxHeight + RowGap)), widths[i], BoxHeight)))).ToDictionary(pair => pair.place, pair => pair.box);
        foreach (var (place, box) in at.Where(pair => pair.Key.Item is not null))
        {
            Draw(place.Item!, box);
        }

        foreach (var edge in lane.Edges)
        {
            Across([.. edge.Select(place => at[place])]);
        }

        width = Math.Max(width, right + Margin);
        return bottom + LaneGap;
    }

    private void Draw(GraphItem item, Box box)
    {
        var isPod = item.Kind == "Pod";
        drawn[item] = box;
        Add(boxes, $"""  <rect class="{(isPod ? "pod" : "box")}" x="{box.Left:0.#}" y="{box.Top:0.#}" width="{box.Width:0.#}" height="{box.Height:0.#}" rx="{(isPod ? BoxHeight / 2 : 5)}"/>""");
        Add(boxes, $"""  <text class="kind" text-anchor="middle" x="{box.Middle:0.#}" y="{box.Top + 16:0.#}">{SecurityElement.Escape(item.Kind)}</text>""");
        Add(boxes, $"""  <text class="name" text-anchor="middle" x="{box.Middle:0.#}" y="{box.Top + 31:0.#}">{SecurityElement.Escape(item.Name)}</text>""");
    }

    /// <summary>An edge from left to right, straight through the places that it passes.</summary>
    private void Across(List<Box> path)
    {
        var line = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"M{path[0].Right:0.#} {path[0].Centre:0.#}"));
        for (var i = 1; i < path.Count; i++)
        {
            var (from, to) = (path[i - 1], path[i]);
            var half = (to.Left - from.Right) / 2;
            line.Append(CultureInfo.InvariantCulture, $" C{from.Right + half:0.#} {from.Centre:0.#} {to.Left - half:0.#} {to.Centre:0.#} {to.Left:0.#} {to.Centre:0.#}");
            if (i + 1 < path.Count)
            {
                line.Append(CultureInfo.InvariantCulture, $" H{to.Right:0.#}");
            }
        }

        Add(edges, $"""  <path class="edge" marker-end="url(#tip)" d="{line}"/>""");
    }

    /// <summary>An edge from one system, or what stands alone, to another.</summary>
    private void Down(Box from, Box to) =>
        Add(edges, $"""  <path class="edge" marker-end="url(#tip)" d="M{from.Middle:0.#} {from.Bottom:0.#} L{Math.Clamp(from.Middle, to.Left + 8, to.Right - 8):0.#} {to.Top:0.#}"/>""");

    private static void Add(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>Where something is drawn.</summary>
    private readonly record struct Box(double Left, double Top, double Width, double Height)
    {
        /// <summary>Its right edge.</summary>
        public double Right => Left + Width;

        /// <summary>Its lower edge.</summary>
        public double Bottom => Top + Height;

        /// <summary>Half of its width from the left.</summary>
        public double Middle => Left + (Width / 2);

        /// <summary>Half of its height from the top.</summary>
        public double Centre => Top + (Height / 2);
    }
}
