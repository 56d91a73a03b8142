using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The server. It starts by its image's own entry point, which finds its data and its configuration in place.</summary>
internal static class MySqlServer
{
    /// <summary>The container's name.</summary>
    public const string Name = "mysql";

    /// <summary>The container.</summary>
    /// <param name="pod">What the containers of a pod have in common.</param>
    /// <param name="resources">What it asks for.</param>
    /// <param name="startupSeconds">How long it may take to start.</param>
    /// <param name="probeTimeoutSeconds">How long a probe may take.</param>
    public static ContainerArgs Container(MySqlPod pod, ResourceRequirementsArgs resources, int startupSeconds, Input<int> probeTimeoutSeconds)
    {
        var container = pod.Container(Name, pod.ServerImage, resources, MySqlVolumes.ServerData, MySqlVolumes.ConfToRead);
        // Its socket and process id, and what statements export to files and import from them.
        container.VolumeMounts.Add(WritableFolders.Of(Name, "/run/mysqld"));
        container.VolumeMounts.Add(WritableFolders.Of(Name, "/var/lib/mysql-files"));
        container.Ports.Add(MySqlPorts.Server.OnContainer());
        container.StartupProbe = MySqlProbes.Startup(startupSeconds, probeTimeoutSeconds);
        container.LivenessProbe = MySqlProbes.Liveness();
        container.ReadinessProbe = MySqlProbes.Readiness(pod.ReadinessDelaySeconds, probeTimeoutSeconds);
        return container;
    }
}
