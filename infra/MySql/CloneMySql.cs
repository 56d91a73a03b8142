using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The second init container: gives an empty server its data from another pod. It leaves existing data alone.</summary>
internal static class CloneMySql
{
    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod)
    {
        var container = pod.Container(
            "clone-mysql", pod.SeedingImage, MySqlVolumes.ServerData, MySqlVolumes.VolumeRoot, MySqlVolumes.ConfToRead);
        container.Command = MySqlVolumes.Run("clone-mysql.sh");
        return container;
    }
}
