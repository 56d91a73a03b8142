using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The second init container: gives an empty server its data from another pod. It leaves existing data alone.</summary>
internal static class CloneMySql
{
    /// <summary>The container's name.</summary>
    public const string Name = "clone-mysql";

    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod, ResourceRequirementsArgs resources)
    {
        var container = pod.Container(
            Name, pod.SeedingImage, resources, MySqlVolumes.ServerData, MySqlVolumes.VolumeRoot, MySqlVolumes.ConfToRead);
        container.Command = MySqlVolumes.Run("clone-mysql.sh");
        return pod.WithCertificates(container);
    }
}
