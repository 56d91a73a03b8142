using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.Networking.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Workloads;

/// <summary>The NetworkPolicy of a workload: clients at the ports of its Services, its own pods at every port, and DNS; nothing else, in or out.</summary>
internal static class PodNetwork
{
    // 5353 is where the name servers of OpenShift listen behind their Service's port 53; a policy sees the port behind a Service.
    private static readonly int[] DnsPorts = [53, 5353];

    /// <summary>Registers the policy.</summary>
    /// <param name="name">The name in the stack.</param>
    /// <param name="scope">What the workload's objects share.</param>
    /// <param name="ports">The ports that its Services offer.</param>
    /// <param name="network">Who may reach them.</param>
    /// <param name="observed">Ports at which every pod of the cluster may look at these, such as those that a Prometheus in another namespace collects metrics from.</param>
    /// <param name="admitted">Labels of pods of the namespace that reach the Services' ports whoever else does.</param>
    /// <param name="serviceTypes">The types of the Services in front of the pods, as far as they were said.</param>
    /// <param name="options">The resource's options.</param>
    public static NetworkPolicy Register(
        string name,
        WorkloadScope scope,
        IEnumerable<NamedPort> ports,
        NetworkArgs network,
        IEnumerable<NamedPort> observed,
        IEnumerable<ImmutableDictionary<string, string>> admitted,
        IReadOnlyList<Input<string>> serviceTypes,
        CustomResourceOptions options)
    {
        var own = new LabelSelectorArgs { MatchLabels = scope.Labels.Selector };
        var toOwn = new NetworkPolicyPeerArgs { PodSelector = own };
        var observers = observed.Select(port => new NetworkPolicyIngressRuleArgs
        {
            Ports = Tcp([port]),
            From = { new NetworkPolicyPeerArgs { NamespaceSelector = new LabelSelectorArgs() } },
        }).ToArray();
        var guests = admitted.Select(labels => new NetworkPolicyIngressRuleArgs
        {
            Ports = Tcp(ports),
            From = { new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs { MatchLabels = labels } } },
        }).ToArray();
        var spec = new NetworkPolicySpecArgs
        {
            PodSelector = own,
            PolicyTypes = { "Ingress", "Egress" },
            Ingress = Clients(network, serviceTypes).Apply(clients => (NetworkPolicyIngressRuleArgs[])
                [With(new NetworkPolicyIngressRuleArgs { Ports = Tcp(ports) }, clients), new NetworkPolicyIngressRuleArgs { From = { toOwn } }, .. guests, .. observers]),
            Egress =
            {
                new NetworkPolicyEgressRuleArgs { To = { toOwn } },
                new NetworkPolicyEgressRuleArgs { Ports = DnsPorts.SelectMany(port => Both(port)).ToArray() },
            },
        };
        return new NetworkPolicy(name, new NetworkPolicyArgs { Metadata = scope.Named(scope.Identity.Name), Spec = spec }, options);
    }

    /// <summary>Whether a Service of that type is reached from outside the cluster.</summary>
    public static bool IsOutside(string? type) => type is "NodePort" or "LoadBalancer";

    /// <summary>
    /// Who was said; or else the pods of the namespace. Where a Service is reached from outside, everyone: to expose a Service is to ask for that, and where a
    /// client's address ends up between a load balancer and a pod, the cluster's makers know.
    /// </summary>
    private static Output<NetworkPolicyPeerArgs[]> Clients(NetworkArgs network, IReadOnlyList<Input<string>> serviceTypes) => network.From is { } from
        ? from.Apply(peers => peers.Select(peer => peer.ToPolicy()).ToArray())
        : Output.All(serviceTypes.Select(type => type.ToOutput())).Apply(types =>
            types.Any(IsOutside) ? Array.Empty<NetworkPolicyPeerArgs>() : [new NetworkPolicyPeerArgs { PodSelector = new LabelSelectorArgs() }]);

    /// <summary>A rule without peers is for everyone.</summary>
    private static NetworkPolicyIngressRuleArgs With(NetworkPolicyIngressRuleArgs rule, NetworkPolicyPeerArgs[] clients)
    {
        if (clients.Length > 0)
        {
            rule.From = clients;
        }

        return rule;
    }

    private static NetworkPolicyPortArgs[] Tcp(IEnumerable<NamedPort> ports) => [.. ports.Select(port => new NetworkPolicyPortArgs { Protocol = "TCP", Port = port.Number })];

    private static IEnumerable<NetworkPolicyPortArgs> Both(int port) => from protocol in (string[])["UDP", "TCP"] select new NetworkPolicyPortArgs { Protocol = protocol, Port = port };
}
