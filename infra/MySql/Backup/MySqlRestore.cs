using System.Collections.Immutable;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Batch.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The Job that fills the claim of ordinal 0 from a backup, before the servers' pods are made. Their template knows nothing of it, and the claim is one like the
/// others. Where that one holds data already, the Job refuses.
/// </summary>
internal sealed class MySqlRestore
{
    /// <summary>The component among the labels, and the name of the container.</summary>
    public const string Part = "restore";

    /// <summary>For how long the Job can be looked at, in seconds: a year, as a refresh of the stack after it is gone makes it again. It would find its own work done.</summary>
    private const int KeptSeconds = 365 * 24 * 3600;

    /// <summary>Registers the Job.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with a restore.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="claim">The claim of ordinal 0, which it fills.</param>
    /// <param name="after">What its pod needs.</param>
    /// <param name="options">The resources' options.</param>
    public MySqlRestore(string name, WorkloadScope scope, MySqlClusterArgs args, BackupPod pod, PersistentVolumeClaimPatch claim, InputList<Resource> after, CustomResourceOptions options)
    {
        var restore = args.Restore!;
        var identity = scope.Identity;
        var own = scope with { Labels = scope.Labels.Beside(Part) };
        var system = restore.System ?? identity.Name;
        var seconds = (restore.DeadlineHours ?? MySqlBackupDefaults.RestoreHours) * 3600;
        // Of another backup it is another Job, which finds the data of the first one and refuses.
        var asked = ContentHash.Of(
        [
            new("store", restore.Store.Claim ?? restore.Store.Remote ?? restore.Store.SnapshotClass ?? string.Empty), new("system", system), new("backup", restore.Backup),
            .. restore.Until is { } point ? (KeyValuePair<string, string>[])[new("until", point)] : [],
        ]);
        var snapshot = restore.Store.SnapshotClass is null ? null : BackupSnapshots.NameOf(system, restore.Backup);
        Account = snapshot is null ? null : new BackupAccount($"{name}-restore", PolicyName(identity.Name), own, BackupSnapshots.OfRestore(snapshot), options);
        var template = pod.Template(new BackupTask(
            Part,
            "restore.sh",
            restore.Store,
            restore.Store.Claim,
            new VolumeArgs { Name = MySqlVolumes.Data, PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = identity.Claim(MySqlVolumes.Data, StatefulIdentity.PrimaryOrdinal) } },
            own.Labels)
        {
            Account = Account?.Name,
            Snapshot = snapshot is null ? null : BackupSnapshots.Of(snapshot, args.Storage ?? MySqlDefaults.Storage, args.StorageClass),
            Near = Nearness.To(Neighbours(scope, restore, system)),
            Variables =
            [
                ("STORE_SYSTEM", system), ("RESTORE_BACKUP", restore.Backup), ("RESTORE_REQUEST", asked),
                .. restore.Until is { } until ? ((string, Input<string>)[])[("RESTORE_UNTIL", until)] : [],
                .. snapshot is null ? [] : BackupSnapshots.Variables(system),
            ],
        });
        var job = CustomResourceOptions.Merge(options, new CustomResourceOptions
        {
            DependsOn = { claim },
            CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromSeconds(seconds) },
        });
        job.DependsOn.AddRange(after);
        if (Account is not null)
        {
            job.DependsOn.Add(Account.Binding);
        }

        if (pod.Policy($"{name}-restore", PolicyName(identity.Name), own, options) is { } policy)
        {
            job.DependsOn.Add(policy);
        }

        Job = new Job(
            $"{name}-restore",
            new JobArgs
            {
                // One that failed is made anew, and so is one whose template changes, which a Job's cannot: a run that finds its work done has nothing to do.
                Metadata = own.Named($"{identity.Name}-{Part}-{asked}", AwaitAnnotation.ReplaceUnready),
                // One pod at a time: the next one is made when the one before has ended, not when it is told to.
                Spec = new JobSpecArgs { BackoffLimit = 3, PodReplacementPolicy = "Failed", ActiveDeadlineSeconds = seconds, TtlSecondsAfterFinished = KeptSeconds, Template = template },
            },
            job);
    }

    /// <summary>The name of the NetworkPolicy of its pods.</summary>
    /// <param name="set">The name of the servers' set.</param>
    public static string PolicyName(string set) => $"{set}-{Part}";

    /// <summary>By what its pod asks the API server; null where it asks nothing.</summary>
    public BackupAccount? Account { get; }

    /// <summary>What fills it.</summary>
    public Job Job { get; }

    /// <summary>
    /// On a system that runs, its volume may be attached to the node of the primary only; and a store that is a claim to that of the pod which archives the logs of
    /// the system that was backed up.
    /// </summary>
    private static IEnumerable<ImmutableDictionary<string, string>> Neighbours(WorkloadScope scope, MySqlRestoreArgs restore, string system)
    {
        yield return scope.Labels.SelectorOfPod(StatefulIdentity.PrimaryOrdinal);
        if (restore.Store.Claim is not null)
        {
            yield return MySqlArchive.PodOf(system);
        }
    }
}
