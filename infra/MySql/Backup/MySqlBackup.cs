using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Batch.V1;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.MySql;

/// <summary>
/// The CronJob that makes backups, and what it needs. It is made when the servers have been ready: before that there is nothing to back up. Its pods have labels
/// of their own, which no selector of the cluster finds.
/// </summary>
internal sealed class MySqlBackup
{
    /// <summary>The component among the labels, and the name of the container.</summary>
    public const string Part = "backup";

    /// <summary>For how long after its time a run still begins, in seconds.</summary>
    private const int LateSeconds = 3600;

    /// <summary>Registers what backups need.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with backups.</param>
    /// <param name="pod">The pods.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="options">The resources' options.</param>
    public MySqlBackup(string name, WorkloadScope scope, MySqlClusterArgs args, BackupPod pod, Resource servers, CustomResourceOptions options)
    {
        var backup = args.Backup!;
        var own = scope with { Labels = scope.Labels.Beside(Part) };
        Claim = backup.Store.Storage is null ? null : OwnClaim(name, own, backup.Store, options);
        Policy = pod.Policy($"{name}-backup", NameFor(scope.Identity.Name), own, options);
        var hours = backup.DeadlineHours ?? MySqlBackupDefaults.BackupHours;
        var seconds = hours.Apply(number => number * 3600);
        var set = scope.Identity.Name;
        var claim = StoreClaim(backup.Store, set);
        var snapshots = backup.Store.SnapshotClass;
        var work = snapshots is null ? BackupPod.Work(backup.WorkStorage ?? args.Storage ?? MySqlDefaults.Storage, backup.WorkStorageClass ?? args.StorageClass) : BackupPod.NoWork;
        Account = snapshots is null ? null : new BackupAccount($"{name}-backup", NameFor(set), own, BackupSnapshots.OfMaker(set), options);
        var template = pod.Template(new BackupTask(Part, snapshots is null ? "backup.sh" : "snapshot.sh", backup.Store, claim, work, own.Labels)
        {
            Account = Account?.Name,
            Resources = snapshots is null ? MySqlBackupDefaults.Resources() : MySqlBackupDefaults.MakerResources(),
            // A claim is mounted by pods of one node at a time, and the archive's pod has it all the time.
            Near = claim is null || backup.Archive is null ? null : Nearness.To(MySqlArchive.PodOf(set)),
            Variables =
            [
                ("STORE_SYSTEM", set),
                ("KEEP_COUNT", BackupPod.Text(backup.KeepCount ?? MySqlBackupDefaults.KeepCount)),
                ("KEEP_DAYS", BackupPod.Text(backup.KeepDays ?? MySqlBackupDefaults.KeepDays)),
                ("DEADLINE_SECONDS", BackupPod.Text(seconds)),
                .. snapshots is null ? [] : OfSnapshots(scope.Identity, snapshots),
            ],
        });
        Proof = snapshots is null ? null : new MySqlProof(name, scope, args, pod, options);
        var after = CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { servers } });
        if (Account is not null && Proof is not null)
        {
            after.DependsOn.Add(Account.Binding);
            after.DependsOn.Add(Proof.Deployment);
        }

        CronJob = new CronJob(
            $"{name}-backup",
            new CronJobArgs
            {
                Metadata = own.Named(NameFor(set)),
                Spec = new CronJobSpecArgs
                {
                    Schedule = backup.Schedule ?? MySqlBackupDefaults.Schedule,
                    TimeZone = backup.TimeZone ?? MySqlBackupDefaults.TimeZone,
                    ConcurrencyPolicy = "Forbid",
                    StartingDeadlineSeconds = LateSeconds,
                    // With a run's pod its volume stays, as large as the servers'.
                    SuccessfulJobsHistoryLimit = 1,
                    FailedJobsHistoryLimit = 1,
                    JobTemplate = new JobTemplateSpecArgs
                    {
                        Metadata = new ObjectMetaArgs { Labels = own.Labels.All },
                        Spec = new JobSpecArgs { BackoffLimit = 0, ActiveDeadlineSeconds = seconds, Template = template },
                    },
                },
            },
            after);
    }

    /// <summary>What makes the backups.</summary>
    public CronJob CronJob { get; }

    /// <summary>The claim that was made for them; null where the store is another one.</summary>
    public PersistentVolumeClaim? Claim { get; }

    /// <summary>That nobody connects to their pods; null where there is no policy.</summary>
    public NetworkPolicy? Policy { get; }

    /// <summary>By what they ask the API server; null where they make no snapshots.</summary>
    public BackupAccount? Account { get; }

    /// <summary>What proves snapshots; null where there are none.</summary>
    public MySqlProof? Proof { get; }

    /// <summary>The CronJob's name.</summary>
    public static string NameFor(string set) => $"{set}-{Part}";

    /// <summary>The claim that a store is: the one that is made for it, or one that is there; null where it is a remote.</summary>
    /// <param name="store">The store.</param>
    /// <param name="set">The name of the servers' set.</param>
    public static string? StoreClaim(BackupStoreArgs store, string set) => store.Storage is null ? store.Claim : ClaimName(set);

    /// <summary>What a run that makes snapshots is told: of which claims, what is to prove them, and on what.</summary>
    private static IEnumerable<(string Name, Input<string> Value)> OfSnapshots(StatefulIdentity identity, string snapshotClass) =>
    [
        .. BackupSnapshots.Variables(identity.Name),
        ("SNAPSHOT_CLASS", snapshotClass),
        ("DATA_CLAIM", identity.Claim(MySqlVolumes.Data, StatefulIdentity.PrimaryOrdinal)),
        ("PROOF_CLAIM", BackupSnapshots.ProofClaim(identity.Name)),
        ("PROOF_DEPLOYMENT", MySqlProof.NameFor(identity.Name)),
    ];

    private static string ClaimName(string set) => $"{set}-backups";

    private static PersistentVolumeClaim OwnClaim(string name, WorkloadScope scope, BackupStoreArgs store, CustomResourceOptions options) => new(
        $"{name}-backups",
        // A class that binds when a pod comes would have the provider wait for the first night.
        new PersistentVolumeClaimArgs { Metadata = scope.Named(ClaimName(scope.Identity.Name), AwaitAnnotation.Skip), Spec = Workloads.Claim.Template("backups", store.Storage!, store.StorageClass).Spec! },
        CustomResourceOptions.Merge(options, new CustomResourceOptions { RetainOnDelete = true }));
}
