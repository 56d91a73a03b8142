using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>
/// The sidecar: makes a replica follow the primary and keeps the cluster's users; where the server cannot seed others by itself, it gives new
/// replicas a backup on its port.
/// </summary>
internal static class Sidecar
{
    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod)
    {
        var container = pod.Container(pod.Seeding.Sidecar, pod.SeedingImage, MySqlDefaults.SidecarResources(), MySqlVolumes.ServerData, MySqlVolumes.ConfToRead);
        container.Command = MySqlVolumes.Run("sidecar.sh");
        if (pod.Seeding.BackupPort is { } port)
        {
            container.Ports.Add(port.OnContainer());
        }

        return pod.WithCertificates(pod.WithExporterOptions(container));
    }
}
