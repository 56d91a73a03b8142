namespace Cli.Checks.Policies;

/// <summary>A check that is not held, and why.</summary>
/// <param name="Id">The check.</param>
/// <param name="Source">Which linters have it.</param>
/// <param name="Reason">Why it is not held, and what is in its place.</param>
internal sealed record Waiver(string Id, string Source, string Reason)
{
    /// <summary>Every one.</summary>
    public static IReadOnlyList<Waiver> All { get; } =
    [
        new(
            "container-ephemeral-storage-request-and-limit", "kube-score",
            "a node whose kubelet does not measure its disk (`localStorageCapacityIsolation: false`, as in rootless clusters) offers none, and a pod that asks for some is never scheduled there; `Pod.Containers[…].Resources` asks where nodes have it"),
        new("mysql-certificates", "here", "servers are verified where a stack gives them certificates (`tls`), which need an authority that it has to choose; `./dev check` names the clusters that have none"),
        new("mysql-remote-root", "here", "people and programs log in as root from elsewhere; a stack that needs none of them to says so (`remoteRoot: false`), and `./dev check` names the clusters that do not"),
        new("no-anti-affinity", "kube-linter; kube-score: statefulset-has-host-podantiaffinity", "spread over hosts and zones (pod-topology-spread-constraints) keeps pods apart and, unlike anti-affinity, knows how many there are on each"),
        new("container-resources", "kube-score", "its requests are held (unset-cpu-requirements, unset-memory-requirements). Not its limits: of processor time, one slows a server down on a node that is idle; of memory, one kills it in the midst of its work. `limits` sets them"),
        new("container-image-pull-policy", "kube-score", "it wants every image pulled at every start, so that no pod starts while a registry is away; `pullPolicy: Always` says so where pull secrets have to be proven"),
        new("service-type", "kube-score", "a Service is of type NodePort where a stack says so in as many words (`read.type`, `write.type`), and not otherwise"),
    ];
}
