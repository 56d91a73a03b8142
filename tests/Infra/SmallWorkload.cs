using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Tests.Infra;

/// <summary>The arguments of a workload that has no more than it must: one init container and one container.</summary>
internal static class SmallWorkload
{
    public static OrderedWorkloadArgs Args() => new()
    {
        Ports = [new("peer", 2380)],
        Spec = new PodSpecArgs
        {
            InitContainers = { new ContainerArgs { Name = "first", Image = "first:1" } },
            Containers = { new ContainerArgs { Name = "main", Image = "main:1", Ports = { new NamedPort("peer", 2380).OnContainer(), new NamedPort("client", 2379).OnContainer() } } },
        },
    };
}
