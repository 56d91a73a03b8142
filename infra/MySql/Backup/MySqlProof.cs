using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Deployment = Pulumi.Kubernetes.Apps.V1.Deployment;

namespace Infra.MySql;

/// <summary>
/// The Deployment whose pod starts a server on what a snapshot has. It has no pod until the run that makes a snapshot asks for one, and none again when that was proved: so nobody needs the
/// right to make pods.
/// </summary>
internal sealed class MySqlProof
{
    /// <summary>The component among the labels, and the name of the container.</summary>
    public const string Part = "proof";

    private const int GraceSeconds = 30;
    private const int ProbePeriodSeconds = 10;

    /// <summary>Registers the account, the policy, and the Deployment after them.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with backups that are snapshots.</param>
    /// <param name="pod">The pods.</param>
    /// <param name="options">The resources' options.</param>
    public MySqlProof(string name, WorkloadScope scope, MySqlClusterArgs args, BackupPod pod, CustomResourceOptions options)
    {
        var (backup, set) = (args.Backup!, scope.Identity.Name);
        var own = scope with { Labels = scope.Labels.Beside(Part) };
        Account = new BackupAccount($"{name}-backup-{Part}", NameFor(set), own, BackupSnapshots.OfProof(set), options);
        Policy = pod.Policy($"{name}-backup-{Part}", NameFor(set), own, options);
        var claim = new VolumeArgs { Name = MySqlVolumes.Data, PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = BackupSnapshots.ProofClaim(set) } };
        var template = pod.Template(new BackupTask(Part, "prove-snapshot.sh", backup.Store, null, claim, own.Labels)
        {
            RestartPolicy = "Always",
            GraceSeconds = GraceSeconds,
            Account = Account.Name,
            // It serves nobody; that it is ready says that it has told what it found.
            Readiness = new ProbeArgs { Exec = new ExecActionArgs { Command = ["test", "-e", "/tmp/told"] }, PeriodSeconds = ProbePeriodSeconds },
            Variables = [("STORE_SYSTEM", set), .. BackupSnapshots.Variables(set), ("PROOF_CLAIM", BackupSnapshots.ProofClaim(set))],
        });
        Deployment = new Deployment(
            $"{name}-backup-{Part}",
            new DeploymentArgs
            {
                Metadata = own.Named(NameFor(set), AwaitAnnotation.Skip),
                Spec = new DeploymentSpecArgs
                {
                    Replicas = 0,
                    Strategy = new DeploymentStrategyArgs { Type = "Recreate" },
                    Selector = new LabelSelectorArgs { MatchLabels = own.Labels.Selector },
                    Template = template,
                },
            },
            // How many there are a run says.
            CustomResourceOptions.Merge(options, new CustomResourceOptions { DependsOn = { Account.Binding }, IgnoreChanges = { "spec.replicas" } }));
    }

    /// <summary>What proves snapshots.</summary>
    public Deployment Deployment { get; }

    /// <summary>By what its pods ask the API server.</summary>
    public BackupAccount Account { get; }

    /// <summary>That nobody connects to its pods; null where there is no policy.</summary>
    public NetworkPolicy? Policy { get; }

    /// <summary>The Deployment's name, and that of all that belongs to it.</summary>
    /// <param name="set">The name of the servers' set.</param>
    public static string NameFor(string set) => $"{MySqlBackup.NameFor(set)}-{Part}";
}
