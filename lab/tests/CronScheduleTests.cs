using FsCheck;
using FsCheck.Fluent;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("30 3 * * *", null, "2026-11-27T03:29:59Z", "2026-11-27T03:30:00Z")]
    [InlineData("30 3 * * *", "Europe/Berlin", "2026-11-27T01:00:00Z", "2026-11-27T02:30:00Z")]
    [InlineData("@daily", null, "2026-11-27T03:30:00Z", "2026-11-28T00:00:00Z")]
    [InlineData("0 0 * jul mon-fri", null, "2026-11-27T03:30:00Z", "2027-07-01T00:00:00Z")]
    // 2026-12-01 is a Tuesday, 2026-12-04 a Friday: either counts, where both are told.
    [InlineData("0 0 1 * 5", null, "2026-11-27T00:00:00Z", "2026-12-01T00:00:00Z")]
    [InlineData("0 0 1 * 5", null, "2026-12-01T00:00:00Z", "2026-12-04T00:00:00Z")]
    // And both, where one of them is any, though in steps.
    [InlineData("0 0 */2 * 5", null, "2026-12-01T00:00:00Z", "2026-12-11T00:00:00Z")]
    public void The_next_time(string schedule, string? zone, string from, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next), CronSchedule.Parse(schedule, zone).After(DateTimeOffset.Parse(from)));

    [Fact]
    public void The_last_time_up_to_now_is_that_after_which_none_has_come() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>().Filter(minutes => minutes > 0),
        Gen.Elements("* * * * *", "*/7 * * * *", "0 3 * * *", "0 0 13 * 5", "15 2 1 1 *").ToArbitrary(),
        (minutes, text) =>
        {
            var (schedule, now) = (CronSchedule.Parse(text, null), new DateTimeOffset(2026, 1, 1, 0, 0, 30, TimeSpan.Zero).AddMinutes(minutes % 5_000_000));
            return schedule.UpTo(now) is { } last && last <= now && schedule.After(last) is { } next && next > now;
        }).QuickCheckThrowOnFailure();
}
