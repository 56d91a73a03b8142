using System.Collections.Immutable;
using Infra.Identity;
using Infra.MySql.Profiles;
using Pulumi;

namespace Infra.MySql;

/// <summary>What a <see cref="MySqlCluster"/> is made of. A plain type shapes the graph; every other value may be an output.</summary>
public sealed class MySqlClusterArgs : ResourceArgs
{
    /// <summary>The name of the StatefulSet and its headless Service. Default: the component's name.</summary>
    [Input("name")]
    public string? Name { get; init; }

    /// <summary>The namespace. Default: <c>default</c>.</summary>
    [Input("namespace")]
    public string Namespace { get; init; } = "default";

    /// <summary>The cluster's DNS domain. Default: <c>cluster.local</c>.</summary>
    [Input("domain")]
    public string Domain { get; init; } = StatefulIdentity.DefaultDomain;

    /// <summary>How many servers run, the primary among them, at least 1. Default: 3.</summary>
    [Input("replicas")]
    public int Replicas { get; init; } = 3;

    /// <summary>Which server, seeded how. Default: <see cref="MySqlProfile.Default"/>.</summary>
    public MySqlProfile Profile { get; init; } = MySqlProfile.Default;

    /// <summary>When a client of the primary hears that its transaction is done. Default: <see cref="MySqlDurability.Async"/>.</summary>
    public MySqlDurability Durability { get; init; } = MySqlDurability.Async;

    /// <summary>How clients reach the read Service. Default: from within the cluster.</summary>
    public ServiceExposure Read { get; init; } = new();

    /// <summary>How clients reach the write Service. Default: from within the cluster; no such Service where the profile has none by default.</summary>
    public ServiceExposure? Write { get; init; }

    /// <summary>Images other than the profile's.</summary>
    public MySqlImages Images { get; init; } = new();

    /// <summary>When the node pulls the images: Always, IfNotPresent or Never. Default: the cluster's.</summary>
    [Input("imagePullPolicy")]
    public Input<string>? ImagePullPolicy { get; init; }

    /// <summary>The size of every server's volume, a quantity such as <c>10Gi</c>. Default: 10Gi.</summary>
    [Input("storage")]
    public Input<string> Storage { get; init; } = "10Gi";

    /// <summary>The storage class of the volumes. Default: the cluster's.</summary>
    [Input("storageClass")]
    public Input<string>? StorageClass { get; init; }

    /// <summary>The processor time that a server asks for, a quantity. Default: 500m, half a core.</summary>
    [Input("cpu")]
    public Input<string> Cpu { get; init; } = "500m";

    /// <summary>The memory that a server asks for, a quantity. Default: 1Gi.</summary>
    [Input("memory")]
    public Input<string> Memory { get; init; } = "1Gi";

    /// <summary>Options of the <c>[mysqld]</c> section for every server, such as <c>innodb_buffer_pool_size</c>; none by default.</summary>
    public ImmutableSortedDictionary<string, string> ServerOptions { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How far a replica may be behind and still serve readers, in seconds. Default: 30.</summary>
    [Input("maxLagSeconds")]
    public int MaxLagSeconds { get; init; } = 30;

    /// <summary>How long a new replica may wait for a backup that makes no progress before it fails and tries anew, in seconds. Default: 600.</summary>
    [Input("seedTimeoutSeconds")]
    public int SeedTimeoutSeconds { get; init; } = 600;

    /// <summary>How long a server may take to start, crash recovery included, in seconds. Default: 3600.</summary>
    [Input("startupSeconds")]
    public int StartupSeconds { get; init; } = 3600;

    /// <summary>How long a server may take to shut down before it is killed, in seconds. Default: 300.</summary>
    [Input("gracePeriodSeconds")]
    public int GracePeriodSeconds { get; init; } = 300;

    /// <summary>How long a deployment waits for all servers to be ready. Default: see <see cref="Workloads.OrderedWorkloadArgs.ReadyTimeout"/>.</summary>
    public TimeSpan? ReadyTimeout { get; init; }

    /// <summary>Resources that have to stand before anything of this cluster, such as its namespace; none by default.</summary>
    public InputList<Resource> After { get; init; } = [];
}
