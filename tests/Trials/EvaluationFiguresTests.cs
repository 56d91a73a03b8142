using Trials.Bench;
using Xunit;

namespace Tests.Trials;

public sealed class EvaluationFiguresTests
{
    private static readonly EvaluationFigures Figures = new()
    {
        Renders = [new Timing(0.5, 0.6), new Timing(0.9, 2), new Timing(0.4, 0.5)],
        Templates = [new Timing(0.1, 0.2), new Timing(0.3, 0.3), new Timing(0.2, 0.25)],
        Growth = [(1, new Timing(0.5, 0.7)), (11, new Timing(0.6, 0.9))],
    };

    [Fact]
    public void They_are_medians_side_by_side_and_what_each_more_costs() => Assert.Equal(
        [
            "                          wall   processor",
            "./dev render           0.500 s   0.600 s",
            "helm template          0.200 s   0.250 s",
            "times as long            2.5       2.4      medians of 3 rounds, one after the other",
            "",
            "1 MySQL system         0.500 s   0.700 s     0.0 ms for each more",
            "11 MySQL systems       0.600 s   0.900 s    20.0 ms for each more",
        ],
        Figures.Lines());

    [Fact]
    public void Without_helm_there_is_nothing_beside_it() =>
        Assert.Contains("helm template         no helm on the PATH (--helm PATH)", (Figures with { Templates = [] }).Lines());
}
