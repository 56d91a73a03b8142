using Pulumi;

namespace Infra.Web;

/// <summary>What a <see cref="WebCluster"/> is made of. A plain type shapes the graph; every other value may be an output.</summary>
public sealed class WebClusterArgs : ResourceArgs
{
    /// <summary>The StatefulSet's name. Default: the component's name.</summary>
    [Input("name")]
    public string? Name { get; init; }

    /// <summary>The headless Service's name. Default: the StatefulSet's name.</summary>
    [Input("service")]
    public string? Service { get; init; }

    /// <summary>The namespace. Default: <c>default</c>.</summary>
    [Input("namespace")]
    public string Namespace { get; init; } = "default";

    /// <summary>The cluster's DNS domain. Default: <c>cluster.local</c>.</summary>
    [Input("domain")]
    public string Domain { get; init; } = Identity.StatefulIdentity.DefaultDomain;

    /// <summary>How many servers run, at least 1. Default: 2.</summary>
    [Input("replicas")]
    public int Replicas { get; init; } = 2;

    /// <summary>The server's image. Default: <c>nginx:1.28</c>.</summary>
    [Input("image")]
    public Input<string> Image { get; init; } = "nginx:1.28";

    /// <summary>When the node pulls the image: Always, IfNotPresent or Never. Default: the cluster's.</summary>
    [Input("imagePullPolicy")]
    public Input<string>? ImagePullPolicy { get; init; }

    /// <summary>The size of a volume for every server's pages, a quantity such as <c>1Gi</c>. Default: no volume, the image's own pages.</summary>
    [Input("storage")]
    public Input<string>? Storage { get; init; }

    /// <summary>The storage class of that volume. Default: the cluster's.</summary>
    [Input("storageClass")]
    public Input<string>? StorageClass { get; init; }

    /// <summary>How long a deployment waits for all servers to be ready. Default: see <see cref="Workloads.OrderedWorkloadArgs.ReadyTimeout"/>.</summary>
    public TimeSpan? ReadyTimeout { get; init; }

    /// <summary>Resources that have to stand before anything of this cluster, such as its namespace; none by default.</summary>
    public InputList<Resource> After { get; init; } = [];
}
