using System.Collections.Immutable;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Apps.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using StatefulSet = Pulumi.Kubernetes.Apps.V1.StatefulSet;
using StatefulSetArgs = Pulumi.Kubernetes.Types.Inputs.Apps.V1.StatefulSetArgs;

namespace Infra.MySql;

/// <summary>
/// The pod that archives binary logs between backups: a set of one, so that there are never two of it, which would store the same under the same names. It keeps
/// nothing, as the primary still has what is not stored, and serves nobody: it stops with its set, and no budget guards it. It is made when the servers have been ready.
/// </summary>
internal sealed class MySqlArchive
{
    /// <summary>The component among the labels, and the name of the container.</summary>
    public const string Part = "archive";

    private const int GraceSeconds = 30;
    private const int ProbePeriodSeconds = 10;
    private const int ProbeTimeoutSeconds = 5;

    /// <summary>How often in a row it may be found unready before it is started anew: half an hour, in which a store or a primary that was away may be back.</summary>
    private const int FailuresToRestart = 180;

    /// <summary>Registers the Service, the policy, and the set after them.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="args">The cluster's arguments, with backups and their archive.</param>
    /// <param name="pod">The pods.</param>
    /// <param name="after">What its pod needs: the servers, and what it mounts.</param>
    /// <param name="options">The resources' options.</param>
    public MySqlArchive(string name, WorkloadScope scope, MySqlClusterArgs args, BackupPod pod, InputList<Resource> after, CustomResourceOptions options)
    {
        var own = scope with { Labels = scope.Labels.Beside(Part) };
        var set = NameFor(scope.Identity.Name);
        Service = new Service(
            $"{name}-{Part}",
            new ServiceArgs { Metadata = own.Named(set, AwaitAnnotation.Skip), Spec = new ServiceSpecArgs { ClusterIP = "None", Selector = own.Labels.Selector } },
            options);
        Policy = pod.Policy($"{name}-{Part}", set, own, options);
        var ready = args.TimeoutMinutes is { } minutes ? TimeSpan.FromMinutes(minutes) : WorkloadDefaults.ReadyTimeout(replicas: 1, minReadySeconds: 0);
        var waiting = CustomResourceOptions.Merge(options, new CustomResourceOptions { CustomTimeouts = new CustomTimeouts { Create = ready, Update = ready } });
        waiting.DependsOn.AddRange(after);
        if (Policy is not null)
        {
            waiting.DependsOn.Add(Policy);
        }

        StatefulSet = new StatefulSet(
            $"{name}-{Part}",
            new StatefulSetArgs
            {
                Metadata = own.Named(set),
                Spec = new StatefulSetSpecArgs
                {
                    ServiceName = Service.Metadata.Apply(meta => meta.Name),
                    Replicas = 1,
                    PodManagementPolicy = "OrderedReady",
                    UpdateStrategy = new StatefulSetUpdateStrategyArgs { Type = "RollingUpdate" },
                    Selector = new LabelSelectorArgs { MatchLabels = own.Labels.Selector },
                    Template = pod.Template(Task(scope.Identity.Name, args, own.Labels)),
                },
            },
            waiting);
    }

    /// <summary>The headless Service that a set has to name. It offers no port, as the pod has none.</summary>
    public Service Service { get; }

    /// <summary>That nobody connects to the pod; null where there is no policy.</summary>
    public NetworkPolicy? Policy { get; }

    /// <summary>What runs it.</summary>
    public StatefulSet StatefulSet { get; }

    /// <summary>The names of the set and its Service.</summary>
    /// <param name="set">The name of the servers' set.</param>
    public static string NameFor(string set) => $"{set}-{Part}";

    /// <summary>The labels by which the pod is found that archives the logs of a system; it has the store mounted, where that is a claim.</summary>
    /// <param name="system">The system, which need not be this one.</param>
    public static ImmutableDictionary<string, string> PodOf(string system) => ImmutableDictionary<string, string>.Empty
        .Add(WorkloadLabels.App, NameFor(system))
        .Add(WorkloadLabels.Instance, system)
        .Add(WorkloadLabels.Component, Part);

    private static BackupTask Task(string set, MySqlClusterArgs args, WorkloadLabels labels)
    {
        var (store, archive) = (args.Backup!.Store, args.Backup.Archive!);
        return new BackupTask(
            Part,
            "archive-logs.sh",
            store,
            MySqlBackup.StoreClaim(store, set),
            BackupPod.Work(archive.Storage ?? MySqlBackupDefaults.ArchiveStorage, archive.StorageClass ?? args.StorageClass),
            labels)
        {
            RestartPolicy = "Always",
            Resources = MySqlBackupDefaults.ArchiveResources(),
            GraceSeconds = GraceSeconds,
            Readiness = Probe(failures: 3),
            Liveness = Probe(FailuresToRestart),
            Variables = [("STORE_SYSTEM", set), ("ARCHIVE_SECONDS", BackupPod.Text(archive.Seconds ?? MySqlBackupDefaults.ArchiveSeconds))],
        };
    }

    private static ProbeArgs Probe(int failures) => new()
    {
        Exec = new ExecActionArgs { Command = MySqlVolumes.Run("archive-ready.sh") },
        PeriodSeconds = ProbePeriodSeconds,
        TimeoutSeconds = ProbeTimeoutSeconds,
        FailureThreshold = failures,
    };
}
