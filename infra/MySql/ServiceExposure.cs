using System.Collections.Immutable;
using Pulumi;

namespace Infra.MySql;

/// <summary>How clients reach one of a cluster's Services.</summary>
public sealed class ServiceExposure
{
    /// <summary>From where. Default: <see cref="ServiceType.ClusterIP"/>, from within the cluster.</summary>
    public ServiceType Type { get; init; } = ServiceType.ClusterIP;

    /// <summary>
    /// Annotations, such as those by which a cloud is told what load balancer to make; none by default. Keys have to be what
    /// <see cref="Workloads.AnnotationKey.Problem"/> accepts.
    /// </summary>
    public IReadOnlyDictionary<string, Input<string>> Annotations { get; init; } = ImmutableDictionary<string, Input<string>>.Empty;
}
