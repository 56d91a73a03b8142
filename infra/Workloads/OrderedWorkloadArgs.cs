using Infra.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Workloads;

/// <summary>What an <see cref="OrderedWorkload"/> is made of.</summary>
public sealed class OrderedWorkloadArgs : ResourceArgs
{
    /// <summary>Who the pods are. The name, the headless Service, the namespace and the number of replicas come from here.</summary>
    public required StatefulIdentity Identity { get; init; }

    /// <summary>The ports that the headless Service offers; a container of <see cref="Pod"/> declares each of them.</summary>
    public required IReadOnlyList<NamedPort> Ports { get; init; }

    /// <summary>The pod that every ordinal runs.</summary>
    public required PodSpecArgs Pod { get; init; }

    /// <summary>The claims that every ordinal gets; none by default.</summary>
    public IReadOnlyList<PersistentVolumeClaimArgs> Claims { get; init; } = [];

    /// <summary>
    /// Whether the headless Service publishes pods that are not ready. Default: false. Set it where pods have to find each other in
    /// order to become ready.
    /// </summary>
    public bool PublishNotReadyAddresses { get; init; }

    /// <summary>Resources that have to stand before the first pod starts; none by default.</summary>
    public InputList<Resource> After { get; init; } = [];

    /// <summary>How long a deployment waits for all pods to be ready. Default: 10 minutes and another 5 for each replica.</summary>
    public TimeSpan? ReadyTimeout { get; init; }
}
