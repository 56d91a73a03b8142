using System.Collections.Immutable;
using Infra.Arguments;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace Infra.MySql;

/// <summary>What the Services for clients share: the server's port, pods that are ready only, and how they are reached.</summary>
internal static class ClientService
{
    /// <summary>Registers a Service.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="service">The Service's own name.</param>
    /// <param name="scope">What the cluster's objects share.</param>
    /// <param name="selector">Which of its pods stand behind the Service.</param>
    /// <param name="exposure">How clients reach it; from within the cluster where nothing was said.</param>
    /// <param name="options">The resource's options.</param>
    public static Service Register(
        string name,
        string service,
        WorkloadScope scope,
        ImmutableDictionary<string, string> selector,
        ServiceExposureArgs? exposure,
        CustomResourceOptions options)
    {
        var spec = new ServiceSpecArgs { Selector = selector, Ports = { MySqlPorts.Server.OnService() } };
        if (exposure?.Type is { } type)
        {
            spec.Type = type;
        }

        return new Service(name, new ServiceArgs { Metadata = Metadata(service, scope, exposure), Spec = spec }, options);
    }

    /// <summary>
    /// The provider waits for no Service, a load balancer's neither: the StatefulSet comes after it, so that waiting for pods behind it would never
    /// end, and a cloud that is slow to give an address, or gives none, would keep the servers from being made. The address stands in the
    /// Service's status when it comes.
    /// </summary>
    private static ObjectMetaArgs Metadata(string service, WorkloadScope scope, ServiceExposureArgs? exposure)
    {
        var metadata = scope.Named(service, AwaitAnnotation.Skip);
        if (exposure?.Annotations is { } annotations)
        {
            metadata.Annotations = InputMap<string>.Merge(
                ArgumentChecks.Later($"Service {service}", nameof(exposure.Annotations), annotations, (key, _) => MetadataKey.AnnotationProblem(key)), metadata.Annotations);
        }

        return metadata;
    }
}
