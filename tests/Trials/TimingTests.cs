using Lab.Commands;
using Lab.Processes;
using Trials.Bench;
using Xunit;

namespace Tests.Trials;

public sealed class TimingTests
{
    [Fact]
    public async Task A_program_is_run_with_its_arguments_and_variables_and_its_output_is_its_own()
    {
        var (time, output) = await Timing.OfAsync(
            new Command("bash", ["-c", "echo \"$1 $WORD\"; echo error >&2", "bash", "a b"]) { Environment = new Dictionary<string, string?> { ["WORD"] = "c" } }, CancellationToken.None);

        Assert.Equal("a b c\n", output);
        Assert.True(time.Wall > 0);
    }

    [Fact]
    public async Task One_that_fails_is_told_with_its_words() => Assert.Contains(
        "no such thing", (await Assert.ThrowsAsync<CommandException>(() => Timing.OfAsync(new Command("bash", ["-c", "echo no such thing >&2; exit 3"]), CancellationToken.None))).Message, StringComparison.Ordinal);
}
