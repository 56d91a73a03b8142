using Infra.Identity;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>The metadata that all objects of a workload share.</summary>
internal static class ObjectMeta
{
    /// <summary>Metadata with a fixed name in the workload's namespace, under the workload's labels.</summary>
    public static ObjectMetaArgs Named(StatefulIdentity identity, string name, params (string Key, string Value)[] annotations)
    {
        var meta = new ObjectMetaArgs { Name = name, Namespace = identity.Namespace, Labels = WorkloadLabels.Of(identity) };
        foreach (var (key, value) in annotations)
        {
            meta.Annotations.Add(key, value);
        }

        return meta;
    }

    /// <summary>Metadata of a pod template: labels only, the controller gives the rest.</summary>
    public static ObjectMetaArgs Template(StatefulIdentity identity) => new() { Labels = WorkloadLabels.Of(identity) };
}
