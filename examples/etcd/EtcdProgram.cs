using Infra.Identity;
using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Examples.Etcd;

/// <summary>An etcd cluster whose members know each other by name before any of them runs.</summary>
internal static class EtcdProgram
{
    private const string Image = "quay.io/coreos/etcd:v3.5.21";
    private const string DataVolume = "data";
    private const string DataPath = "/var/lib/etcd";

    private static readonly StatefulIdentity Members = new("etcd", "etcd", replicas: 3);
    private static readonly NamedPort Peer = new("peer", 2380);
    private static readonly NamedPort Client = new("client", 2379);

    /// <summary>Registers the cluster and tells where its members are.</summary>
    public static IDictionary<string, object?> Define()
    {
        var etcd = new OrderedWorkload(Members.Name, new OrderedWorkloadArgs
        {
            Replicas = Members.Replicas,
            Application = "etcd",
            Component = "member",
            Ports = [Peer, Client],
            // A member becomes ready with the others' help, so that it has to find them while they are not.
            PublishNotReadyAddresses = true,
            Claims = [Claim.Template(DataVolume, "1Gi")],
            Spec = new PodSpecArgs { Containers = { Member() } },
            // The image names no user, which would be root. It writes to its volume alone, so that any number does.
            RunAsUser = 65532,
        });
        return new Dictionary<string, object?> { ["members"] = etcd.PodHosts };
    }

    private static ContainerArgs Member() => new()
    {
        Name = "etcd",
        Image = Image,
        Command =
        {
            "etcd",
            "--name=$(POD_NAME)",
            $"--data-dir={DataPath}/data",
            $"--listen-peer-urls=http://0.0.0.0:{Peer.Number}",
            $"--listen-client-urls=http://0.0.0.0:{Client.Number}",
            $"--initial-advertise-peer-urls=http://$(POD_NAME).{Members.Service}:{Peer.Number}",
            $"--advertise-client-urls=http://$(POD_NAME).{Members.Service}:{Client.Number}",
            $"--initial-cluster={string.Join(',', Members.Ordinals.Select(ordinal => $"{Members.Pod(ordinal)}=http://{Members.Host(ordinal)}:{Peer.Number}"))}",
        },
        Env = { new EnvVarArgs { Name = "POD_NAME", ValueFrom = new EnvVarSourceArgs { FieldRef = new ObjectFieldSelectorArgs { FieldPath = "metadata.name" } } } },
        Ports = { Peer.OnContainer(), Client.OnContainer() },
        // The port for peers and not health: the first member alone has no quorum, and the second is made only when the first is ready.
        ReadinessProbe = new ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = Peer.Name }, PeriodSeconds = 2 },
        LivenessProbe = new ProbeArgs { TcpSocket = new TCPSocketActionArgs { Port = Peer.Name }, PeriodSeconds = 10 },
        Resources = new ResourceRequirementsArgs { Requests = { ["cpu"] = "100m", ["memory"] = "64Mi" } },
        VolumeMounts = { new VolumeMountArgs { Name = DataVolume, MountPath = DataPath } },
    };
}
