using System.Globalization;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>What the benchmark of the command line found.</summary>
internal sealed record EvaluationFigures
{
    /// <summary><c>./dev render</c> of the stack.</summary>
    public required IReadOnlyList<Timing> Renders { get; init; }

    /// <summary><c>helm template</c> of a chart of the same objects, between those; none where there was no helm.</summary>
    public required IReadOnlyList<Timing> Templates { get; init; }

    /// <summary>Rendering that many MySQL systems, with the start of the program.</summary>
    public required IReadOnlyList<(int Systems, Timing Time)> Growth { get; init; }

    /// <summary>For programs.</summary>
    public object Json() => new
    {
        render = Object(Median(Renders)),
        helm = Templates.Count == 0 ? null : Object(Median(Templates)),
        systems = Growth.Select(row => new { count = row.Systems, seconds = row.Time.Wall, processorSeconds = row.Time.Processor }),
    };

    /// <summary>For people.</summary>
    public IEnumerable<string> Lines()
    {
        var render = Median(Renders);
        yield return "                          wall   processor";
        yield return Line("./dev render", render);
        if (Templates.Count > 0)
        {
            var helm = Median(Templates);
            yield return Line("helm template", helm);
            yield return string.Create(CultureInfo.InvariantCulture, $"{"times as long",-20}  {render.Wall / helm.Wall,6:0.0}    {render.Processor / helm.Processor,6:0.0}      medians of {Renders.Count} rounds, one after the other");
        }
        else
        {
            yield return "helm template         no helm on the PATH (--helm PATH)";
        }

        yield return string.Empty;
        foreach (var (systems, time) in Growth)
        {
            yield return Line($"{systems} MySQL system{(systems == 1 ? "" : "s")}", time)
                + string.Create(CultureInfo.InvariantCulture, $"   {1000 * (time.Processor - Growth[0].Time.Processor) / Math.Max(1, systems - Growth[0].Systems),5:0.0} ms for each more");
        }
    }

    private static Timing Median(IReadOnlyList<Timing> timings) => new(Figures.Median(timings.Select(one => one.Wall)), Figures.Median(timings.Select(one => one.Processor)));

    private static object Object(Timing time) => new { seconds = Math.Round(time.Wall, 3), processorSeconds = Math.Round(time.Processor, 3) };

    private static string Line(string name, Timing time) => string.Create(CultureInfo.InvariantCulture, $"{name,-20}  {time.Wall,6:0.000} s  {time.Processor,6:0.000} s");
}
