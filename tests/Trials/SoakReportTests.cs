using Trials.Soak;
using Xunit;

namespace Tests.Trials;

public sealed class SoakReportTests
{
    private static SoakReport Sound { get; } = new()
    {
        Seed = 7,
        Recoveries = [(new Fault(1, FaultKind.PodKilled, 1, TimeSpan.Zero, TimeSpan.Zero), 8)],
        Acknowledged = 3,
        Missing = [],
        Reads = (5, 1),
        EventsByServer = new Dictionary<long, long> { [100] = 9 },
        Servers = [new ServerData("mysql-0.mysql", 3, "99"), new ServerData("mysql-1.mysql", 3, "99")],
    };

    [Fact]
    public void Is_sound_when_nothing_is_missing_and_all_servers_hold_the_same()
    {
        Assert.True(Sound.Sound);
        Assert.Equal("sound                seed 7", Sound.Lines().Last());
    }

    [Fact]
    public void Is_not_sound_with_an_acknowledged_row_missing() => Assert.False((Sound with { Missing = [1000002] }).Sound);

    [Fact]
    public void Is_not_sound_when_events_ran_nowhere_or_on_two_servers()
    {
        Assert.False((Sound with { EventsByServer = new Dictionary<long, long>() }).Sound);
        Assert.False((Sound with { EventsByServer = new Dictionary<long, long> { [100] = 9, [101] = 1 } }).Sound);
        Assert.Contains("events               9 run by server 100", Sound.Lines());
    }

    [Fact]
    public void Is_not_sound_when_nothing_was_written() => Assert.False((Sound with { Acknowledged = 0 }).Sound);

    [Fact]
    public void Is_not_sound_when_it_did_not_come_to_a_comparison() => Assert.False((Sound with { Missing = null, Servers = [] }).Sound);

    [Fact]
    public void Is_not_sound_when_servers_differ_or_do_not_answer()
    {
        Assert.False((Sound with { Servers = [.. Sound.Servers, new ServerData("mysql-2.mysql", 3, "98")] }).Sound);
        Assert.False((Sound with { Servers = [.. Sound.Servers, new ServerData("mysql-2.mysql", null, "no answer")] }).Sound);
    }

    [Fact]
    public void Says_how_to_do_the_same_again()
    {
        var failed = Sound with { Failure = ["seed 7, step 2: mysql is not ready", "  the last line"] };
        Assert.Equal(["seed 7, step 2: mysql is not ready", "  the last line", "not sound            ./dev soak --seed 7 does the same again"], failed.Lines().TakeLast(3));
        Assert.Equal("not sound            ./dev soak --profile mysql-8.4 --seed 7 does the same again", (failed with { Profile = "mysql-8.4" }).Lines().Last());
    }
}
