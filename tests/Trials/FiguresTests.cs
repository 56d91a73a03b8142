using Trials.Instances;
using Xunit;

namespace Tests.Trials;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(new double[0], 0)]
    [InlineData(new double[] { 3 }, 3)]
    [InlineData(new double[] { 9, 1, 2 }, 2)]
    [InlineData(new double[] { 4, 1, 9, 2 }, 3)]
    public void The_median_is_the_one_in_the_middle(double[] values, double median) => Assert.Equal(median, Figures.Median(values));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(19, 19)]
    [InlineData(20, 19)]
    [InlineData(100, 95)]
    public void Ninety_five_of_a_hundred_do_not_exceed_their_percentile(int count, double percentile) =>
        Assert.Equal(percentile, Figures.Percentile95(Enumerable.Range(1, count).Reverse().Select(value => (double)value)));
}
