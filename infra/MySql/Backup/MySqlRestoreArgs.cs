using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Arguments;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;

namespace Infra.MySql;

/// <summary>
/// From which backup a new cluster begins. Its first data come from there, and it is a cluster of its own from then on. Where the claim of the primary holds data already, nothing is
/// restored and the deployment fails. All types are plain, as what is restored follows from them. Taken away later, it changes no pod.
/// </summary>
public sealed partial class MySqlRestoreArgs : ResourceArgs
{
    /// <summary>The newest backup that was good; all that the archive has.</summary>
    public const string Latest = "latest";

    /// <summary>Where the backup is.</summary>
    [Input("store", required: true)]
    public required BackupStoreArgs Store { get; set; }

    /// <summary>Which one: its id, such as <c>20261127T023000Z</c>, or <c>latest</c>, the newest good one.</summary>
    [Input("backup", required: true)]
    public required string Backup { get; set; }

    /// <summary>The name of the system that was backed up. Default: the cluster's own.</summary>
    [Input("system")]
    public string? System { get; set; }

    /// <summary>
    /// Up to where binary logs of the archive are replayed after the backup: a time in UTC, such as <c>2026-11-27T14:03:07Z</c>, up to which what was committed is
    /// there; or a transaction's identifier, such as <c>3e11fa47-71ca-11e1-9e33-c80aa9429562:23</c>, which is the last one then; or <c>latest</c>, all that there is. Default:
    /// none, the backup alone.
    /// </summary>
    [Input("until")]
    public string? Until { get; set; }

    /// <summary>How long a restore may take before it is ended, in hours. Default: 24.</summary>
    [Input("deadlineHours")]
    public int? DeadlineHours { get; set; }

    private bool IsOfSnapshots => Store?.SnapshotClass is not null;

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .AddRange(Store is null ? [new ArgumentProblem(nameof(Store), "it is missing; it says where the backup is")] : Store.Problems(nameof(Store), canMake: false))
        .Add(nameof(Backup), IdProblem(Backup))
        .Add(nameof(Backup), IsOfSnapshots && Backup == Latest ? $"of snapshots it is an id, such as 20261127T023000Z, as ./dev backup list shows them: the volume is made from it before anybody could see which one is the {Latest}" : null)
        .Add(nameof(System), System is null ? null : ResourceName.ServiceProblem(System))
        .Add(nameof(Until), UntilProblem(Until))
        .Add(nameof(Until), IsOfSnapshots && Until is not null ? "binary logs are not archived beside snapshots, so that there is the backup alone" : null)
        .Add(nameof(DeadlineHours), OrderedWorkloadArgs.TimeProblem(DeadlineHours, "hours"))
        .Problems;

    /// <summary>What is wrong with the word for a backup; null when nothing is.</summary>
    internal static string? IdProblem(string? backup) =>
        backup is not null && (backup == Latest || IdPattern().IsMatch(backup)) ? null : $"\"{backup}\" is neither a backup's id, such as 20261127T023000Z, nor {Latest}";

    /// <summary>What is wrong with the word for a point in time; null when nothing is.</summary>
    private static string? UntilProblem(string? until) => until is null or Latest || TransactionPattern().IsMatch(until) || IsTime(until)
        ? null
        : $"\"{until}\" is neither a time in UTC, such as 2026-11-27T14:03:07Z, nor a transaction's identifier, such as 3e11fa47-71ca-11e1-9e33-c80aa9429562:23, nor {Latest}";

    /// <summary>The pattern has the form, and the calendar whether there is such a time.</summary>
    private static bool IsTime(string until) => TimePattern().IsMatch(until) && DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, out _);

    [GeneratedRegex("^[0-9]{8}T[0-9]{6}Z\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,6})?Z\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimePattern();

    /// <summary>The server that it was written on, a tag where it has one, and its number.</summary>
    [GeneratedRegex("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(:[A-Za-z_][A-Za-z0-9_]{0,31})?:[1-9][0-9]{0,18}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex TransactionPattern();
}
