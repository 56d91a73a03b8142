using Infra.Arguments;
using Pulumi;

namespace Infra.Workloads;

/// <summary>
/// Who may reach a workload's pods over the network, and whom they may reach. Its own pods always reach each other at every port, and DNS; nothing else goes
/// out. Policies add up, so that one of your own that selects the same pods (<see cref="OrderedWorkload.Selector"/>) opens more.
/// </summary>
/// <remarks>A cluster whose network knows no NetworkPolicy ignores it. What comes from a pod's own node, probes above all, is let in always.</remarks>
public sealed class NetworkArgs : ResourceArgs
{
    /// <summary>Whether there is a NetworkPolicy. Default: true. Plain, as it shapes the graph.</summary>
    [Input("policy")]
    public bool? Policy { get; set; }

    /// <summary>
    /// Who reaches the ports that the Services offer, instead of the default: every pod of the workload's namespace, or everyone where a Service is of type
    /// NodePort or LoadBalancer.
    /// </summary>
    [Input("from")]
    public InputList<NetworkPeerArgs>? From { get; set; }

    /// <summary>Everything that is wrong with the arguments.</summary>
    internal IReadOnlyList<ArgumentProblem> Problems()
    {
        var checks = new ArgumentChecks("Network.")
            .Add(nameof(From), Policy == false && From is not null ? "network.policy is false, so that there is no policy to say it; leave one of the two out" : null);
        if (From is null || !Known.TryGet(From, out var peers) || peers.IsDefault)
        {
            return checks.Problems;
        }

        checks.Add(nameof(From), peers.IsEmpty ? "it lets nobody in; leave it out to let every pod of the namespace in" : null);
        foreach (var (index, peer) in peers.Index())
        {
            checks.AddRange(peer is null
                ? [new ArgumentProblem($"{nameof(From)}[{index}]", NetworkPeerArgs.Nobody)]
                : peer.Problems($"{nameof(From)}[{index}]"));
        }

        return checks.Problems;
    }
}
