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
    /// <summary>The newest backup that was good.</summary>
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

    /// <summary>How long a restore may take before it is ended, in hours. Default: 24.</summary>
    [Input("deadlineHours")]
    public int? DeadlineHours { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">The name under which the cluster takes them.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks($"{argument}.")
        .AddRange(Store is null ? [new ArgumentProblem(nameof(Store), "it is missing; it says where the backup is")] : Store.Problems(nameof(Store), canMake: false))
        .Add(nameof(Backup), IdProblem(Backup))
        .Add(nameof(System), System is null ? null : ResourceName.ServiceProblem(System))
        .Add(nameof(DeadlineHours), OrderedWorkloadArgs.TimeProblem(DeadlineHours, "hours"))
        .Problems;

    /// <summary>What is wrong with the word for a backup; null when nothing is.</summary>
    internal static string? IdProblem(string? backup) =>
        backup is not null && (backup == Latest || IdPattern().IsMatch(backup)) ? null : $"\"{backup}\" is neither a backup's id, such as 20261127T023000Z, nor {Latest}";

    [GeneratedRegex("^[0-9]{8}T[0-9]{6}Z\\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();
}
