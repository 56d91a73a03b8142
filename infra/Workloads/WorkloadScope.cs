using Infra.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Outputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>What all objects of a workload share: who its pods are, its labels, and the namespace.</summary>
/// <param name="Identity">Who the pods are.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Namespace">The namespace; the provider's where there is none.</param>
internal sealed record WorkloadScope(StatefulIdentity Identity, WorkloadLabels Labels, Input<string>? Namespace)
{
    /// <summary>The namespace of an object that names none, with a provider that names none either.</summary>
    private const string DefaultNamespace = "default";

    /// <summary>Metadata of an object with a fixed or given name.</summary>
    public ObjectMetaArgs Named(Input<string> name, params (string Key, string Value)[] annotations)
    {
        var meta = new ObjectMetaArgs { Name = name, Labels = Labels.All };
        if (Namespace is not null)
        {
            meta.Namespace = Namespace;
        }

        foreach (var (key, value) in annotations)
        {
            meta.Annotations.Add(key, value);
        }

        return meta;
    }

    /// <summary>A name of the namespace as the whole cluster knows it.</summary>
    /// <param name="name">A Service's name, or a pod's host.</param>
    /// <param name="service">A Service of the workload, of which the cluster tells the namespace that it is in.</param>
    /// <param name="domain">The cluster's DNS domain; left to the reader's resolver where there is none.</param>
    public static Output<string> InCluster(string name, Pulumi.Kubernetes.Core.V1.Service service, Input<string>? domain) => Output
        .Tuple(NamespaceOf(service), domain.ToOutput())
        .Apply(known => StatefulIdentity.InCluster(name, known.Item1, known.Item2));

    /// <summary>The namespace that the workload is in, of which the cluster tells by one of its Services.</summary>
    public static Output<string> NamespaceOf(Pulumi.Kubernetes.Core.V1.Service service) => NamespaceOf(service.Metadata);

    /// <summary>The namespace that the workload is in, of which the cluster tells by one of its objects.</summary>
    public static Output<string> NamespaceOf(Output<ObjectMeta> metadata) => metadata.Apply(meta => meta.Namespace ?? DefaultNamespace);
}
