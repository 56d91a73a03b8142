using Cli.Status;
using Lab.Commands;
using Xunit;

namespace Tests.Cli.Status;

/// <summary>A cluster that is watched: what is written when.</summary>
public sealed class StatusWatchTests
{
    [Fact]
    public async Task Away_from_a_terminal_a_line_comes_when_something_has_changed() =>
        Assert.Equal("a\nb\na\n", await WatchAsync(terminal: false, "a", "a", "b", "b", "a"));

    [Fact]
    public async Task On_a_terminal_the_picture_is_drawn_again_in_its_place() =>
        Assert.Equal("\e[Ha\e[K\n\e[J\e[Ha\e[K\n\e[J", await WatchAsync(terminal: true, "a", "a"));

    [Fact]
    public async Task A_cluster_that_is_away_for_a_while_does_not_end_it() =>
        Assert.Equal("a\nit does not answer\na\n", await WatchAsync(terminal: false, "a", "!it does not answer", "a"));

    private static async Task<string> WatchAsync(bool terminal, params IReadOnlyList<string> answers)
    {
        using var ending = new CancellationTokenSource();
        await using var output = new StringWriter { NewLine = "\n" };
        var source = new Script(answers, ending);
        await new StatusWatch(source, report => report.Notes[0], output, terminal) { Period = TimeSpan.Zero }.RunAsync(ending.Token);
        return output.ToString();
    }

    private sealed class Script(IReadOnlyList<string> answers, CancellationTokenSource ending) : IStatusSource
    {
        private int next;

        public string NamedBy => "script";

        public string Name => "test";

        public async Task<StatusReport> ReadAsync(CancellationToken cancel)
        {
            if (next == answers.Count)
            {
                await ending.CancelAsync();
                cancel.ThrowIfCancellationRequested();
            }

            var answer = answers[next++];
            return answer.StartsWith('!') ? throw new CommandException(answer[1..]) : new StatusReport([], [], [answer]);
        }
    }
}
