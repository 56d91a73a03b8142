using System.Collections.Immutable;
using Infra.Identity;
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
    /// <param name="identity">Who the pods are.</param>
    /// <param name="selector">Which of them stand behind the Service.</param>
    /// <param name="exposure">How clients reach it.</param>
    /// <param name="options">The resource's options.</param>
    /// <exception cref="ArgumentException">An annotation's key is not usable.</exception>
    public static Service Register(
        string name,
        string service,
        StatefulIdentity identity,
        ImmutableDictionary<string, string> selector,
        ServiceExposure exposure,
        CustomResourceOptions options)
    {
        var spec = new ServiceSpecArgs { Selector = selector, Ports = { MySqlPorts.Server.OnService() } };
        if (exposure.Type != ServiceType.ClusterIP)
        {
            // Said only where it is so: ClusterIP is the API's default.
            spec.Type = exposure.Type.ToString();
        }

        return new Service(name, new ServiceArgs { Metadata = Metadata(service, identity, exposure), Spec = spec }, options);
    }

    /// <summary>
    /// The provider waits for no Service, a load balancer's neither: the StatefulSet comes after it, so that waiting for pods behind it would never
    /// end, and a cloud that is slow to give an address, or gives none, would keep the servers from being made. The address stands in the
    /// Service's status when it comes.
    /// </summary>
    private static ObjectMetaArgs Metadata(string service, StatefulIdentity identity, ServiceExposure exposure)
    {
        var metadata = ObjectMeta.Named(identity, service, AwaitAnnotation.Skip);
        foreach (var (key, value) in exposure.Annotations)
        {
            if (AnnotationKey.Problem(key) is { } problem)
            {
                throw new ArgumentException($"annotation {key} of Service {service}: {problem}", nameof(exposure));
            }

            metadata.Annotations.Add(key, value);
        }

        return metadata;
    }
}
