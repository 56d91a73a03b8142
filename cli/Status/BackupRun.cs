namespace Cli.Status;

/// <summary>A Job that makes a backup.</summary>
/// <param name="Job">Its name.</param>
/// <param name="StartedAt">When it began; null where it has not.</param>
/// <param name="EndedAt">When it ended; null while it has not.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record BackupRun(string Job, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, BackupOutcome Outcome);

/// <summary>What came of a backup.</summary>
internal enum BackupOutcome
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>One that was restored and compared.</summary>
    Good,

    /// <summary>None that may be called one.</summary>
    Failed,
}
