using System.Globalization;
using Infra.Identity;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.MySql;

/// <summary>
/// The pods that back up, archive or restore: one container with the server's image, which runs a script. Where the store is a remote, an init container
/// gives it rclone and the certificates of the authorities that rclone's makers believe: one program, so that one container does all of it, in order, in one log.
/// </summary>
/// <param name="identity">Who the servers are.</param>
/// <param name="args">The cluster's arguments.</param>
/// <param name="files">The ConfigMap with scripts and configuration.</param>
/// <param name="secret">The name of the Secret with the passwords.</param>
internal sealed class BackupPod(StatefulIdentity identity, MySqlClusterArgs args, Pulumi.Kubernetes.Core.V1.ConfigMap files, string secret)
{
    /// <summary>The volume of the Secret that says what a store is which is a remote.</summary>
    public const string StoreSecret = "store-secret";

    private const string ToolContainer = "rclone";
    private const string Tools = "tools";
    private const string ToolsPath = "/mnt/tools";
    private const string Program = "/usr/local/bin/rclone";
    private const string Certificates = "/etc/ssl/certs/ca-certificates.crt";
    private const string Store = "store";
    private const string StorePath = "/mnt/store";
    private const string StoreSecretPath = "/mnt/store-secret";

    /// <summary>The template of such a pod.</summary>
    /// <param name="task">What it does.</param>
    public PodTemplateSpecArgs Template(BackupTask task)
    {
        var container = new ContainerArgs
        {
            Name = task.Part,
            Image = args.Images?.Server ?? args.EffectiveProfile.ServerImage,
            ImagePullPolicy = args.ImagePullPolicy,
            Command = MySqlVolumes.Run(task.Script),
            Env = MySqlEnvironment.Variables(identity, args),
            Resources = task.Resources,
            VolumeMounts = { MySqlVolumes.ScriptFiles, MySqlVolumes.ConfigFiles, MySqlVolumes.Passwords, MySqlVolumes.MembersFile, MySqlVolumes.VolumeRoot, WritableFolders.Of(task.Part, "/tmp") },
            ReadinessProbe = task.Readiness,
            LivenessProbe = task.Liveness,
            // What describes the pod then ends with the reason.
            TerminationMessagePolicy = "FallbackToLogsOnError",
        };
        Add(container, ("CONF_DIRECTORY", MySqlVolumes.ConfigFilesPath), ("HOME", "/tmp"));
        Add(container, task.Variables);
        var configMap = files.Metadata.Apply(meta => meta.Name);
        var spec = new PodSpecArgs
        {
            RestartPolicy = task.RestartPolicy,
            TerminationGracePeriodSeconds = task.GraceSeconds,
            AutomountServiceAccountToken = task.Account is not null,
            ServiceAccountName = task.Account is { } account ? (Input<string>)account : null,
            EnableServiceLinks = false,
            Containers = { container },
            Volumes = { MySqlVolumes.OfConfiguration(configMap, args.EffectiveProfile), MySqlVolumes.OfScripts(configMap, BackupFiles.ScriptFiles(args.EffectiveProfile)), MySqlVolumes.OfPasswords(secret), MySqlVolumes.OfMembers(identity), WritableFolders.Volume, task.Work },
        };
        if (args.Tls is { } tls)
        {
            AddCertificates(spec, container, tls);
        }

        if (task.Snapshot is { } snapshot)
        {
            container.VolumeMounts.Add(new VolumeMountArgs { Name = BackupSnapshots.Volume, MountPath = BackupSnapshots.VolumePath, ReadOnly = true });
            spec.Volumes.Add(snapshot);
        }

        if (task.Claim is { } claim)
        {
            AddClaim(spec, container, claim);
        }
        else if (task.Store.Remote is not null)
        {
            AddRemote(spec, container, task.Store);
        }

        return WorkloadPod.Of(spec, MySqlDefaults.User, Place(task.Near), task.Labels);
    }

    /// <summary>The NetworkPolicy of such pods: nobody connects to them, and they go out to wherever the store is. Null where the cluster has no policy.</summary>
    public NetworkPolicy? Policy(string name, string objectName, WorkloadScope scope, CustomResourceOptions options) => !(args.Network?.Policy ?? true) ? null : new(
        name,
        new NetworkPolicyArgs
        {
            Metadata = scope.Named(objectName),
            Spec = new NetworkPolicySpecArgs
            {
                PodSelector = new LabelSelectorArgs { MatchLabels = scope.Labels.Selector },
                PolicyTypes = { "Ingress", "Egress" },
                Egress = { new NetworkPolicyEgressRuleArgs() },
            },
        },
        options);

    /// <summary>A volume to work on, of its own for each pod, which goes with the pod.</summary>
    /// <param name="storage">Its size.</param>
    /// <param name="storageClass">Its storage class; the cluster's default one when there is none.</param>
    public static VolumeArgs Work(Input<string> storage, Input<string>? storageClass) => new()
    {
        Name = MySqlVolumes.Data,
        Ephemeral = new EphemeralVolumeSourceArgs { VolumeClaimTemplate = new PersistentVolumeClaimTemplateArgs { Spec = Claim.Template(MySqlVolumes.Data, storage, storageClass).Spec! } },
    };

    /// <summary>What stands for such a volume where the script needs none.</summary>
    public static VolumeArgs NoWork => new() { Name = MySqlVolumes.Data, EmptyDir = new EmptyDirVolumeSourceArgs() };

    /// <summary>A number as a variable has it.</summary>
    public static Input<string> Text(Input<int> number) => number.Apply(known => known.ToString(CultureInfo.InvariantCulture));

    /// <summary>It asks servers and has none: the Secret as it is will do.</summary>
    private void AddCertificates(PodSpecArgs spec, ContainerArgs container, MySqlTlsArgs tls)
    {
        var mount = MySqlVolumes.Certificates;
        Add(container, ("CERTIFICATE_DIRECTORY", mount.MountPath!));
        container.VolumeMounts.Add(mount);
        spec.Volumes.Add(MySqlVolumes.OfCertificates(identity, tls));
    }

    private static void AddClaim(PodSpecArgs spec, ContainerArgs container, string claim)
    {
        Add(container, ("STORE_DIRECTORY", StorePath));
        container.VolumeMounts.Add(new VolumeMountArgs { Name = Store, MountPath = StorePath });
        spec.Volumes.Add(new VolumeArgs { Name = Store, PersistentVolumeClaim = new PersistentVolumeClaimVolumeSourceArgs { ClaimName = claim } });
    }

    private void AddRemote(PodSpecArgs spec, ContainerArgs container, BackupStoreArgs store)
    {
        Add(container, ("STORE_REMOTE", store.Remote!), ("STORE_CONFIG", $"{StoreSecretPath}/rclone.conf"), ("RCLONE", $"{ToolsPath}/rclone"), ("STORE_CERTIFICATES", $"{ToolsPath}/ca-certificates.crt"));
        container.VolumeMounts.Add(new VolumeMountArgs { Name = StoreSecret, MountPath = StoreSecretPath, ReadOnly = true });
        container.VolumeMounts.Add(new VolumeMountArgs { Name = Tools, MountPath = ToolsPath, ReadOnly = true });
        spec.Volumes.Add(new VolumeArgs { Name = StoreSecret, Secret = new SecretVolumeSourceArgs { SecretName = store.Secret!, DefaultMode = RestrictedSecurity.SecretMode } });
        spec.Volumes.Add(new VolumeArgs { Name = Tools, EmptyDir = new EmptyDirVolumeSourceArgs() });
        spec.InitContainers.Add(new ContainerArgs
        {
            Name = ToolContainer,
            Image = store.Image ?? MySqlBackupDefaults.RcloneImage,
            ImagePullPolicy = args.ImagePullPolicy,
            Command = ["cp", Program, Certificates, ToolsPath],
            Resources = MySqlBackupDefaults.ToolResources(),
            VolumeMounts = { new VolumeMountArgs { Name = Tools, MountPath = ToolsPath } },
        });
    }

    private static void Add(ContainerArgs container, params IReadOnlyList<(string Name, Input<string> Value)> variables)
    {
        foreach (var (name, value) in variables)
        {
            container.Env.Add(new EnvVarArgs { Name = name, Value = value });
        }
    }

    /// <summary>Where the servers may run, and from where they get their images, these do, too; all else of their settings is theirs.</summary>
    private PodSettingsArgs Place(PodAffinityArgs? near) => args.Pod is not { } pod ? new PodSettingsArgs { Affinity = Affinity(null, near) } : new PodSettingsArgs
    {
        NodeSelector = pod.NodeSelector,
        Affinity = Affinity(pod.Affinity, near),
        Tolerations = pod.Tolerations,
        ImagePullSecrets = pod.ImagePullSecrets,
        SecurityContext = pod.SecurityContext,
    };

    /// <summary>Of the servers' affinity that to nodes: a volume that a pod of these is the first to use is bound where that pod runs. That to pods keeps servers apart.</summary>
    private static Input<AffinityArgs>? Affinity(Input<AffinityArgs>? servers, PodAffinityArgs? near)
    {
        if (servers is null)
        {
            return near is null ? null : (Input<AffinityArgs>)new AffinityArgs { PodAffinity = near };
        }

        return servers.Apply(known =>
        {
            var own = new AffinityArgs { NodeAffinity = known.NodeAffinity };
            if (near is not null)
            {
                own.PodAffinity = near;
            }

            return own;
        });
    }
}
