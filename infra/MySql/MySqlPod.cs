using Infra.Identity;
using Infra.MySql.Profiles;
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
    /// <summary>The server's image.</summary>
    public Input<string> ServerImage => args.Images.Server ?? args.Profile.ServerImage;

    /// <summary>How a new replica gets its data.</summary>
    public SeedingMethod Seeding => args.Profile.Seeding;

    /// <summary>The seeding tools' image; null where the server needs none.</summary>
    public Input<string>? ToolsImage => Seeding.ToolsImage is { } image ? args.Images.Xtrabackup ?? image : null;

    /// <summary>The image that seeds and keeps replication.</summary>
    public Input<string> SeedingImage => ToolsImage ?? ServerImage;

    /// <summary>The pod: configuration for this ordinal, then its data, then the server with its sidecar.</summary>
    public PodSpecArgs Spec() => new()
    {
        InitContainers = { InitMySql.Container(this), CloneMySql.Container(this) },
        Containers = { MySqlServer.Container(this, args), Sidecar.Container(this) },
        Volumes = MySqlVolumes.All(args.Profile, configMap, secret),
        TerminationGracePeriodSeconds = args.GracePeriodSeconds,
        AutomountServiceAccountToken = false,
        // Variables such as MYSQL_PORT would otherwise come from every Service around and be taken for settings.
        EnableServiceLinks = false,
    };

    /// <summary>A container with what all of them share: environment, scripts and passwords.</summary>
    public ContainerArgs Container(string name, Input<string> image, params VolumeMountArgs[] mounts)
    {
        var container = new ContainerArgs
        {
            Name = name,
            Image = image,
            ImagePullPolicy = args.ImagePullPolicy,
            Env = MySqlEnvironment.Variables(identity, args),
            VolumeMounts = { MySqlVolumes.ScriptFiles, MySqlVolumes.Passwords },
        };
        foreach (var mount in mounts)
        {
            container.VolumeMounts.Add(mount);
        }

        return container;
    }
}
