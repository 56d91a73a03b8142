using System.CommandLine;
using Trials.Commands;
using Xunit;

namespace Tests.Trials;

public sealed class CommandTests
{
    [Theory]
    [InlineData("soak --minutes abc")]
    [InlineData("soak --minutes 0")]
    [InlineData("soak --seed q")]
    [InlineData("soak --profile mysql-5.6")]
    [InlineData("bench --gigabytes x")]
    [InlineData("bench --gigabytes 0")]
    [InlineData("bench --gigabytes 0.06")]
    [InlineData("bench --rounds 0")]
    [InlineData("bench evaluate --gigabytes 1")]
    [InlineData("bench evaluate --systems 0")]
    public void A_wrong_number_or_name_is_a_mistake_that_the_command_line_tells(string line) => Assert.NotEmpty(Parse(line).Errors);

    [Theory]
    [InlineData("soak")]
    [InlineData("soak --minutes 0.5 --seed 7 --profile mysql-8.4 --json")]
    [InlineData("bench")]
    [InlineData("bench --gigabytes 2 --json")]
    [InlineData("bench --gigabytes 0.0625 --rounds 1")]
    [InlineData("bench evaluate --helm helm --systems 10 --json")]
    public void A_right_one_is_taken(string line) => Assert.Empty(Parse(line).Errors);

    // Parsed and no more: what is taken for right would start servers.
    private static ParseResult Parse(string line) => new Command("./dev") { SoakCommand.Create(), BenchCommand.Create() }.Parse(line.Split(' '));
}
