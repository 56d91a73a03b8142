using System.Net;
using Infra.Arguments;
using Infra.Identity;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace Infra.Workloads;

/// <summary>Pods, or addresses outside the cluster, that may reach a workload: pods by their namespace, their labels or both, addresses by themselves.</summary>
public sealed class NetworkPeerArgs : ResourceArgs
{
    /// <summary>What stands for every namespace.</summary>
    internal const string AnyNamespace = "*";

    /// <summary>What is wrong with a peer that says nothing; as the API takes it, it would be everyone or no one.</summary>
    internal const string Nobody = "it says nobody; it takes a namespace, labels, both, or a cidr";

    /// <summary>The label by which every namespace carries its name (set by the API server, since Kubernetes 1.22).</summary>
    private const string NamespaceName = "kubernetes.io/metadata.name";

    /// <summary>The pods' namespace, by name; <c>*</c> for every one. Default: the workload's own.</summary>
    [Input("namespace")]
    public Input<string>? Namespace { get; set; }

    /// <summary>Labels that the pods have, all of them. Default: every pod.</summary>
    [Input("labels")]
    public InputMap<string>? Labels { get; set; }

    /// <summary>Addresses outside the cluster in the place of pods, such as <c>10.0.0.0/8</c>, or <c>0.0.0.0/0</c> for every one. None by default.</summary>
    [Input("cidr")]
    public Input<string>? Cidr { get; set; }

    /// <summary>The peer as a policy has it.</summary>
    internal NetworkPolicyPeerArgs ToPolicy()
    {
        if (Cidr is { } cidr)
        {
            return new NetworkPolicyPeerArgs { IpBlock = new IPBlockArgs { Cidr = cidr } };
        }

        var peer = new NetworkPolicyPeerArgs();
        if (Namespace is { } place)
        {
            peer.NamespaceSelector = place.Apply(name => name == AnyNamespace
                ? new LabelSelectorArgs()
                : new LabelSelectorArgs { MatchLabels = { [NamespaceName] = name } });
        }

        if (Labels is { } labels)
        {
            peer.PodSelector = new LabelSelectorArgs { MatchLabels = labels };
        }

        return peer;
    }

    /// <summary>Everything that is wrong with the arguments.</summary>
    /// <param name="argument">Where they stand.</param>
    internal IReadOnlyList<ArgumentProblem> Problems(string argument) => new ArgumentChecks()
        .Add(argument, Namespace is null && Labels is null && Cidr is null ? Nobody : null)
        .Add(argument, Cidr is not null && (Namespace is not null || Labels is not null) ? "a cidr stands alone; addresses have neither a namespace nor labels" : null)
        .Value($"{argument}.{nameof(Namespace)}", Namespace, name => name == AnyNamespace ? null : ResourceName.NamespaceProblem(name))
        .Entries($"{argument}.{nameof(Labels)}", Labels, (key, value) => MetadataKey.LabelProblem(key) ?? (value.Length == 0 ? null : WorkloadLabels.ValueProblem(value)))
        .Value($"{argument}.{nameof(Cidr)}", Cidr, CidrProblem)
        .Problems;

    // As it would be written, so that nothing is taken for an address that the API server does not take for one.
    private static string? CidrProblem(string text) => IPNetwork.TryParse(text, out var network) && network.ToString() == text
        ? null
        : $"\"{text}\" is not a range of addresses such as 10.0.0.0/8";
}
