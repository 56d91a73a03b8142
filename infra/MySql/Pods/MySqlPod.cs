using Infra.Identity;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The pod that every ordinal runs, and what its containers have in common.</summary>
/// <param name="identity">Who the pods are.</param>
/// <param name="args">The cluster's arguments.</param>
/// <param name="configMap">The name of the ConfigMap with configuration files and scripts.</param>
/// <param name="secret">The name of the Secret with the passwords.</param>
internal sealed class MySqlPod(StatefulIdentity identity, MySqlClusterArgs args, Output<string> configMap, string secret)
{
    private readonly MySqlProfile profile = args.EffectiveProfile;

    /// <summary>The server's image.</summary>
    public Input<string> ServerImage => args.Images?.Server ?? profile.ServerImage;

    /// <summary>How a new replica gets its data.</summary>
    public SeedingMethod Seeding => profile.Seeding;

    /// <summary>The seeding tools' image; null where the server needs none.</summary>
    public Input<string>? ToolsImage => Seeding.ToolsImage is { } image ? args.Images?.Xtrabackup ?? image : null;

    /// <summary>The image that seeds and keeps replication.</summary>
    public Input<string> SeedingImage => ToolsImage ?? ServerImage;

    /// <summary>How long after the server's start readiness is asked for at the earliest; null as soon as it has started.</summary>
    public int? ReadinessDelaySeconds => profile.ReadinessDelaySeconds;

    /// <summary>What a pod has that its user's settings may speak of or not take.</summary>
    public static PodContents Contents(MySqlClusterArgs args) => new(
        [InitMySql.Name, CloneMySql.Name, MySqlServer.Name, args.EffectiveProfile.Seeding.Sidecar, .. args.Metrics is null ? (string[])[] : [Exporter.Name]],
        MySqlVolumes.Names(args),
        MySqlEnvironment.Names(args));

    /// <summary>
    /// The pod: configuration for this ordinal, then its data, then the server with its sidecar. The init containers ask for as much as the server: they run
    /// one, and as they have ended when it starts, that costs nothing.
    /// </summary>
    public PodSpecArgs Spec()
    {
        var resources = MySqlDefaults.ServerResources(args);
        var spec = new PodSpecArgs
        {
            InitContainers = { InitMySql.Container(this, resources), CloneMySql.Container(this, resources) },
            Containers = { MySqlServer.Container(this, resources, args.StartupSeconds ?? MySqlDefaults.StartupSeconds, args.ProbeTimeoutSeconds ?? MySqlDefaults.ProbeTimeoutSeconds), Sidecar.Container(this) },
            Volumes = MySqlVolumes.All(identity, args, configMap, secret),
            TerminationGracePeriodSeconds = args.GracePeriodSeconds ?? MySqlDefaults.GracePeriodSeconds,
            AutomountServiceAccountToken = false,
            // Variables such as MYSQL_PORT would otherwise come from every Service around and be taken for settings.
            EnableServiceLinks = false,
        };
        if (args.Metrics is { } metrics)
        {
            spec.Containers.Add(Exporter.Container(metrics, args));
        }

        return spec;
    }

    /// <summary>A container with what all of them share: environment, scripts, passwords, the number of members, and a folder for what is temporary.</summary>
    public ContainerArgs Container(string name, Input<string> image, ResourceRequirementsArgs resources, params VolumeMountArgs[] mounts)
    {
        var container = new ContainerArgs
        {
            Name = name,
            Image = image,
            ImagePullPolicy = args.ImagePullPolicy,
            Env = MySqlEnvironment.Variables(identity, args),
            Resources = resources,
            VolumeMounts = { MySqlVolumes.ScriptFiles, MySqlVolumes.Passwords, MySqlVolumes.MembersFile, WritableFolders.Of(name, "/tmp") },
        };
        foreach (var mount in mounts)
        {
            container.VolumeMounts.Add(mount);
        }

        return container;
    }

    /// <summary>Lets a container see the Secret with the certificate, where there is one.</summary>
    public ContainerArgs WithCertificates(ContainerArgs container)
    {
        if (args.Tls is not null)
        {
            container.VolumeMounts.Add(MySqlVolumes.Certificates);
        }

        return container;
    }

    /// <summary>Lets a container write the option file of the exporter of metrics, where there is one.</summary>
    public ContainerArgs WithExporterOptions(ContainerArgs container)
    {
        if (args.Metrics is not null)
        {
            container.VolumeMounts.Add(MySqlVolumes.ExporterOptionsToWrite);
        }

        return container;
    }
}
