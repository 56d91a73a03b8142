using System.Text.RegularExpressions;
using Infra.Arguments;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// Backups of a cluster, for profiles that seed by CLONE: a CronJob whose pod fetches the data as a new replica does, stores them, fetches them back, restores
/// them into a server that nobody else reaches, and compares, before it calls the backup good.
/// </summary>
public sealed partial class MySqlBackupArgs : ResourceArgs
{
    /// <summary>Where the backups are kept.</summary>
    [Input("store", required: true)]
    public required BackupStoreArgs Store { get; set; }

    /// <summary>When they are made, in cron's words: minute, hour, day, month, weekday. Default: <c>30 2 * * *</c>, half past two every night.</summary>
    [Input("schedule")]
    public Input<string>? Schedule { get; set; }

    /// <summary>The time zone of the schedule, such as <c>Europe/Berlin</c>. Default: <c>Etc/UTC</c>.</summary>
    [Input("timeZone")]
    public Input<string>? TimeZone { get; set; }

    /// <summary>How many good backups are kept, at least 1. Default: 14.</summary>
    [Input("keepCount")]
    public Input<int>? KeepCount { get; set; }

    /// <summary>For how many days a backup is kept at most; 0 for as long as <see cref="KeepCount"/> has room. Default: 0. The newest good one always stays.</summary>
    [Input("keepDays")]
    public Input<int>? KeepDays { get; set; }

    /// <summary>How long a run may take before it is ended, in hours. Default: 12.</summary>
    [Input("deadlineHours")]
    public Input<int>? DeadlineHours { get; set; }

    /// <summary>
    /// The size of the volume that a run works on, and that goes with its pod: it holds the data, and, of what is packed or unpacked, the other form of one file. Default: that of the servers' volumes.
    /// </summary>
    [Input("workStorage")]
    public Input<string>? WorkStorage { get; set; }

    /// <summary>The storage class of that volume. Default: that of the servers' volumes.</summary>
    [Input("workStorageClass")]
    public Input<string>? WorkStorageClass { get; set; }

    /// <summary>The binary logs, archived between backups, so that a restore goes to a point in time; none by default. With an empty one, every minute.</summary>
    [Input("archive")]
    public MySqlArchiveArgs? Archive { get; set; }

    private bool IsOfSnapshots => Store?.SnapshotClass is not null;

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .AddRange(Store is null ? [new ArgumentProblem(nameof(Store), "it is missing; it says where the backups are kept")] : Store.Problems(nameof(Store), canMake: true))
        .Value(nameof(Schedule), Schedule, text => SchedulePattern().IsMatch(text) ? null : $"\"{text}\" is not a schedule of cron with five fields such as {MySqlBackupDefaults.Schedule}")
        .Value(nameof(TimeZone), TimeZone, text => ZonePattern().IsMatch(text) ? null : $"\"{text}\" is not a time zone such as Europe/Berlin")
        .Value(nameof(KeepCount), KeepCount, number => number >= 1 ? null : $"{number}: at least 1 good backup is kept")
        .Value(nameof(KeepDays), KeepDays, number => number >= 0 ? null : $"{number}: it is a number of days, or 0 for no limit")
        .Value(nameof(DeadlineHours), DeadlineHours, number => OrderedWorkloadArgs.TimeProblem(number, "hours"))
        .Value(nameof(WorkStorage), WorkStorage, text => Quantity.Problem(text, MySqlDefaults.Storage))
        .Value(nameof(WorkStorageClass), WorkStorageClass, ResourceName.ObjectProblem)
        .Add(nameof(WorkStorage), WorkStorage is not null && IsOfSnapshots ? "a run that makes snapshots works on no volume of its own; the one that proves them is as large as what was cut" : null)
        .Add(nameof(WorkStorageClass), WorkStorageClass is not null && IsOfSnapshots ? "a run that makes snapshots works on no volume of its own; the one that proves them is of the class of what was cut" : null)
        .Add(nameof(Archive), Archive is not null && IsOfSnapshots ? "it keeps files, for which a store of snapshots has no place; with store.claim, store.storage or store.remote there is one" : null)
        .AddRange(Archive?.Problems(nameof(Archive)) ?? [])
        .Problems;

    [GeneratedRegex("^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|[0-9A-Za-z*,/?-]+( +[0-9A-Za-z*,/?-]+){4})\\z", RegexOptions.CultureInvariant)]
    private static partial Regex SchedulePattern();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex ZonePattern();
}
