using Lab.Commands;
using Lab.State;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Xunit;

namespace Lab.Tests;

public sealed class ProgressTests : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Begin);
    private readonly List<string> lines = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_pod_says_which_container_it_is_at()
    {
        folder.Write("log", "2026-01-01T00:00:00.0Z stdout F first\n2026-01-01T00:00:01.0Z stdout F 12 MB of 40 MB\n");
        Assert.Equal(("init copy", "12 MB of 40 MB"), Step(Init("copy", "Running") with { Log = Path.Combine(folder.Root, "log") }));
        Assert.Equal(("CrashLoopBackOff copy", "it ended with code 1"), Step(Init("copy", "Waiting") with { Reason = "CrashLoopBackOff", Message = "it ended with code 1" }));
        Assert.Equal(("not ready db", "Readiness probe failed: no answer"), Step(Server("db") with { Started = true, Message = "Readiness probe failed: no\nanswer" }));
    }

    [Fact]
    public void A_startup_probe_that_has_not_succeeded_yet_is_starting_and_no_error() =>
        Assert.Equal(("starting db", ""), Step(Server("db") with { Message = "Startup probe failed: connection refused" }));

    [Fact]
    public void A_log_gets_a_line_when_a_pod_comes_to_another_step()
    {
        var progress = new PlainProgress(time, lines.Add);
        progress.Show([Set(Pod("db-0", "init copy", 1, "10 MB"))]);
        progress.Show([Set(Pod("db-0", "init copy", 2, "20 MB"))]);
        progress.Show([Set(Pod("db-0", "starting db", 3))]);
        progress.Show([Set(Pod("db-0", "ready", 4), Pod("db-1", "init copy", 0))]);
        Assert.Equal(
            [
                "db-0         init copy                 1 s   10 MB",
                "db-0         starting db               3 s",
                "db-0         ready                     4 s",
                "db-1         init copy                 0 s",
            ],
            lines);
    }

    [Fact]
    public void Where_nothing_changes_it_gets_one_every_ten_seconds_of_the_pod_that_is_waited_for()
    {
        var progress = new PlainProgress(time, lines.Add);
        for (var second = 0; second <= 25; second++)
        {
            progress.Show([Set(Pod("db-0", "ready", 4), Pod("db-1", "init copy", second, $"{second} MB"))]);
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([0, 10, 20], lines.Where(line => line.StartsWith("db-1", StringComparison.Ordinal)).Select(line => int.Parse(line.Split(' ')[^2])));
        Assert.Equal(4, lines.Count);
    }

    [Fact]
    public void A_set_without_pods_says_what_it_waits_for()
    {
        var progress = new PlainProgress(time, lines.Add);
        time.Advance(TimeSpan.FromSeconds(60));
        progress.Show([Set()]);
        Assert.Equal(["db           db-0 to be made           2 s"], lines);
    }

    [Fact]
    public void A_terminal_gets_a_line_a_pod_whatever_is_in_its_text()
    {
        using var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output), Ansi = AnsiSupport.No, Interactive = InteractionSupport.No });
        console.Profile.Width = 60;
        console.Write(LiveProgress.Lines(
            [Set(Pod("db-0", "ready", 4), Pod("db-1", "init copy", 12, "[12/40] and much more text than a line can hold")), Set() with { Name = "web" }], width: 60));
        Assert.Equal(
            [
                "db-0         ready                     4 s",
                "db-1         init copy                12 s   [12/40] and m…",
                "web          db-0 to be made           2 s",
            ],
            output.ToString().Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0));
    }

    private static (string Step, string Detail) Step(ContainerState container)
    {
        var pod = PodProgress.Of(new PodState { Name = "db-0", CreatedAt = Begin, Containers = [container] }, Begin);
        return (pod.Step, pod.Detail);
    }

    private static ContainerState Init(string name, string status) => new() { Name = name, Init = true, Status = status };

    private static ContainerState Server(string name) => new() { Name = name, Status = "Running" };

    private static SetProgress Set(params PodProgress[] pods) => new("default", "db", false, "db-0 to be made", TimeSpan.FromSeconds(2), pods);

    private static PodProgress Pod(string name, string step, int seconds, string detail = "") => new("default", name, step, TimeSpan.FromSeconds(seconds), detail);
}
