using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The first init container: writes this ordinal's configuration and server id, and gives a new primary its first, empty data. It runs the
/// server's image, as that is where the server is.
/// </summary>
internal static class InitMySql
{
    /// <summary>The container's name.</summary>
    public const string Name = "init-mysql";

    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod, ResourceRequirementsArgs resources)
    {
        var container = pod.Container(
            Name, pod.ServerImage, resources, MySqlVolumes.ConfToWrite, MySqlVolumes.ConfigFiles, MySqlVolumes.VolumeRoot, MySqlVolumes.InitialisedFile);
        container.Command = MySqlVolumes.Run("init-mysql.sh");
        return pod.WithCertificates(pod.WithExporterOptions(container));
    }
}
