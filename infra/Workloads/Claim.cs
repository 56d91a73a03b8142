using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.Workloads;

/// <summary>Templates of the claims that a workload's pods get.</summary>
public static class Claim
{
    /// <summary>A volume of its own for every pod.</summary>
    /// <param name="name">The template's name; the claims are named <c>&lt;template&gt;-&lt;pod&gt;</c>.</param>
    /// <param name="storage">The size to ask for, a quantity such as <c>10Gi</c>.</param>
    /// <param name="storageClass">The storage class; the cluster's default one when there is none.</param>
    /// <param name="accessMode">Who may mount it: <c>ReadWriteOnce</c>, pods of one node at a time, or <c>ReadWriteOncePod</c>, one pod at a time.</param>
    public static PersistentVolumeClaimArgs Template(string name, Input<string> storage, Input<string>? storageClass = null, Input<string>? accessMode = null) => new()
    {
        Metadata = new ObjectMetaArgs { Name = name },
        Spec = new PersistentVolumeClaimSpecArgs
        {
            AccessModes = { accessMode ?? AccessMode.OneNode },
            StorageClassName = storageClass,
            Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = storage } },
        },
    };
}
