using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The second init container: gives a new replica its data from the pod before it. It leaves ordinal 0 and existing data alone.</summary>
internal static class CloneMySql
{
    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod)
    {
        var container = pod.Container(
            "clone-mysql", pod.XtrabackupImage, MySqlVolumes.ServerData, MySqlVolumes.VolumeRoot, MySqlVolumes.ConfToRead);
        container.Command = MySqlVolumes.Run("clone-mysql.sh");
        return container;
    }
}
