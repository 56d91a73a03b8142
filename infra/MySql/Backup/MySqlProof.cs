using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Batch.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Batch.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The CronJob whose pod starts a server on what a snapshot has. It begins with the one that makes snapshots, and its pod waits for its claim, which that one makes: so nobody needs the right to make pods.
/// </summary>
internal sealed class MySqlProof
{
    /// <summary>The component among the labels, and the name of the container. Not the backup's: its Jobs are no backups.</summary>
    public const string Part = "proof";

    /// <summary>How often a pod that has proved nothing is followed by another one: it may have found the claim of a run before.</summary>
    private const int Tries = 5;

    /// <summary>Registers the account, the policy, and the CronJob after them.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with backups that are snapshots.</param>
    /// <param name="pod">The pods.</param>
    /// <param name="servers">The servers.</param>
    /// <param name="options">The resources' options.</param>
    public MySqlProof(string name, WorkloadScope scope, MySqlClusterArgs args, BackupPod pod, Resource servers, CustomResourceOptions options)
    {
        var (backup, set) = (args.Backup!, scope.Identity.Name);
        var own = scope with { Labels = scope.Labels.Beside(Part) };
        Account = new BackupAccount($"{name}-backup-{Part}", NameFor(set), own, BackupSnapshots.OfProof(set), options);
        Policy = args.Network?.Policy ?? true ? BackupPod.Policy($"{name}-backup-{Part}", NameFor(set), own, options) : null;
        var claim = new VolumeArgs { Name = MySqlVolumes.Data, PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = BackupSnapshots.ProofClaim(set) } };
        var template = pod.Template(new BackupTask(Part, "prove-snapshot.sh", backup.Store, null, claim, own.Labels)
        {
            Account = Account.Name,
            Variables = [("STORE_SYSTEM", set), .. BackupSnapshots.Variables(set), ("PROOF_CLAIM", BackupSnapshots.ProofClaim(set))],
        });
        var seconds = (backup.DeadlineHours ?? MySqlBackupDefaults.BackupHours).Apply(number => number * 3600);
        CronJob = new CronJob(
            $"{name}-backup-{Part}",
            new CronJobArgs
            {
                Metadata = own.Named(NameFor(set)),
                // A pod that proves nothing holds the claim until it has ended.
                Spec = MySqlBackup.Scheduled(backup, own, new JobSpecArgs { BackoffLimit = Tries, PodReplacementPolicy = "Failed", ActiveDeadlineSeconds = seconds, Template = template }),
            },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { servers, Account.Binding } }));
    }

    /// <summary>What proves snapshots.</summary>
    public CronJob CronJob { get; }

    /// <summary>By what its pods ask the API server.</summary>
    public BackupAccount Account { get; }

    /// <summary>That nobody connects to its pods; null where there is no policy.</summary>
    public NetworkPolicy? Policy { get; }

    /// <summary>The CronJob's name, and that of all that belongs to it.</summary>
    /// <param name="set">The name of the servers' set.</param>
    public static string NameFor(string set) => $"{MySqlBackup.NameFor(set)}-{Part}";
}
