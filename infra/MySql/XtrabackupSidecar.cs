using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The sidecar: makes a replica follow the primary, keeps the cluster's users, and gives new replicas a backup on its port.</summary>
internal static class XtrabackupSidecar
{
    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod)
    {
        var container = pod.Container("xtrabackup", pod.XtrabackupImage, MySqlVolumes.ServerData, MySqlVolumes.ConfToRead);
        container.Command = MySqlVolumes.Run("sidecar.sh");
        container.Ports.Add(MySqlPorts.Backup.OnContainer());
        return container;
    }
}
