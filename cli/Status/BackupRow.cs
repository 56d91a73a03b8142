namespace Cli.Status;

/// <summary>The backups of a system, as far as the Jobs tell that make them.</summary>
/// <param name="System">The system.</param>
/// <param name="Namespace">Its namespace.</param>
/// <param name="LastGoodAt">When the newest good one was made and proved; null where none is known.</param>
/// <param name="Failed">The Job that failed after that; empty where none did.</param>
/// <param name="Running">The Job that makes one now; empty where none does.</param>
/// <param name="Suspended">Whether none is made by the clock.</param>
public sealed record BackupRow(string System, string Namespace, DateTimeOffset? LastGoodAt, string Failed, string Running, bool Suspended)
{
    /// <summary>What the Jobs of a system's CronJob tell.</summary>
    /// <param name="system">The system.</param>
    /// <param name="place">Its namespace.</param>
    /// <param name="suspended">Whether the CronJob is.</param>
    /// <param name="known">What the CronJob itself knows of its last success, whose Job may be gone; null where it knows of none.</param>
    /// <param name="runs">The Jobs that made backups or are at it, in any order.</param>
    internal static BackupRow Of(string system, string place, bool suspended, DateTimeOffset? known, IReadOnlyList<BackupRun> runs)
    {
        var good = runs.Where(run => run.Outcome == BackupOutcome.Good).Max(run => run.EndedAt);
        // Of two times one may be missing.
        var last = known is null || good > known ? good : known;
        var failed = runs.Where(run => run.Outcome == BackupOutcome.Failed && (last is null || run.StartedAt > last)).MaxBy(run => run.StartedAt);
        return new BackupRow(system, place, last, failed?.Job ?? string.Empty, runs.Where(run => run.Outcome == BackupOutcome.None).MaxBy(run => run.StartedAt)?.Job ?? string.Empty, suspended);
    }

    /// <summary>The same in a sentence.</summary>
    /// <param name="now">The time.</param>
    internal string Sentence(DateTimeOffset now) =>
        $"backups of {System}: {(LastGoodAt is { } at ? $"the newest good one is {Age(now - at)} old" : "none has succeeded yet")}"
        + (Failed.Length > 0 ? $"; {Failed} failed{(LastGoodAt is null ? string.Empty : " after it")}, and the last line of its log says why" : string.Empty)
        + (Running.Length > 0 ? $"; {Running} makes one now" : string.Empty)
        + (Suspended ? "; its CronJob is suspended" : string.Empty);

    private static string Age(TimeSpan age) => age switch
    {
        { TotalMinutes: < 120 } => $"{Math.Max(0, age.TotalMinutes):0} min",
        { TotalHours: < 48 } => $"{age.TotalHours:0} h",
        _ => $"{age.TotalDays:0} days",
    };
}
