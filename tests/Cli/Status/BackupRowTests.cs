using Cli.Status;
using Xunit;

namespace Tests.Cli.Status;

/// <summary>What is said of a system's backups.</summary>
public sealed class BackupRowTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 7, 30, 0, TimeSpan.Zero);

    /// <summary>Runs are written as name, minutes since the beginning and since the end, and what came of it.</summary>
    [Theory]
    [InlineData(null, "", "backups of shop: none has succeeded yet")]
    [InlineData(null, "a 50 40 Good", "backups of shop: the newest good one is 40 min old")]
    [InlineData(300, "", "backups of shop: the newest good one is 5 h old")]
    [InlineData(300, "a 50 40 Good", "backups of shop: the newest good one is 40 min old")]
    [InlineData(30, "a 50 40 Good", "backups of shop: the newest good one is 30 min old")]
    [InlineData(4320, "a 50 40 Failed,b 30 20 Failed", "backups of shop: the newest good one is 3 days old; b failed after it, and the last line of its log says why")]
    [InlineData(null, "a 50 40 Failed", "backups of shop: none has succeeded yet; a failed, and the last line of its log says why")]
    [InlineData(null, "a 50 40 Failed,b 30 20 Good", "backups of shop: the newest good one is 20 min old")]
    [InlineData(null, "a 50 40 Good,b 30 0 None", "backups of shop: the newest good one is 40 min old; b makes one now")]
    public void The_newest_good_one_and_what_came_after_it_are_named(int? known, string runs, string said) => Assert.Equal(
        said,
        BackupRow.Of("shop", "databases", suspended: false, known is { } ago ? Now.AddMinutes(-ago) : null, [.. runs.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Run)]).Sentence(Now));

    [Fact]
    public void That_none_is_made_by_the_clock_is_said() =>
        Assert.Equal("backups of shop: none has succeeded yet; its CronJob is suspended", BackupRow.Of("shop", "databases", suspended: true, null, []).Sentence(Now));

    private static BackupRun Run(string text) => text.Split(' ') is [var job, var began, var ended, var outcome]
        ? new BackupRun(job, Now.AddMinutes(-int.Parse(began)), ended == "0" ? null : Now.AddMinutes(-int.Parse(ended)), Enum.Parse<BackupOutcome>(outcome))
        : throw new ArgumentException(text, nameof(text));
}
