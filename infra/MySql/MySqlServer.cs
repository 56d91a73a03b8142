using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>The server. It starts by its image's own entry point, which finds its data and its configuration in place.</summary>
internal static class MySqlServer
{
    /// <summary>The container.</summary>
    public static ContainerArgs Container(MySqlPod pod, MySqlClusterArgs args)
    {
        var container = pod.Container("mysql", pod.ServerImage, MySqlVolumes.ServerData, MySqlVolumes.ConfToRead);
        container.Ports.Add(MySqlPorts.Server.OnContainer());
        container.Resources = new ResourceRequirementsArgs { Requests = { ["cpu"] = args.Cpu, ["memory"] = args.Memory } };
        container.StartupProbe = MySqlProbes.Startup(args.StartupSeconds);
        container.LivenessProbe = MySqlProbes.Liveness();
        container.ReadinessProbe = MySqlProbes.Readiness();
        return container;
    }
}
