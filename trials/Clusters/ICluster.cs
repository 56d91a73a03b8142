using System.Net;
using Lab.Manifests;

namespace Trials.Clusters;

/// <summary>
/// Something that runs Kubernetes objects: the lab, or a real cluster. What a StatefulSet promises is tested against this, so that the lab is
/// held to what Kubernetes does.
/// </summary>
public interface ICluster : IAsyncDisposable
{
    /// <summary>The namespace that the objects are in.</summary>
    string NamespaceName { get; }

    /// <summary>Makes or changes objects, in the order given; those of an earlier call that are missing now are removed.</summary>
    Task ApplyAsync(IReadOnlyList<Manifest> manifests);

    /// <summary>The pods that there are, by name.</summary>
    Task<IReadOnlyList<PodView>> PodsAsync();

    /// <summary>The names of the claims that there are, in order.</summary>
    Task<IReadOnlyList<string>> ClaimsAsync();

    /// <summary>Deletes pods, all at once and without waiting for them to be gone.</summary>
    /// <param name="pods">Their names.</param>
    /// <param name="kill">Whether their processes are killed rather than asked to end.</param>
    Task DeletePodsAsync(IReadOnlyList<string> pods, bool kill = false);

    /// <summary>Runs a command in a container.</summary>
    /// <returns>Its exit code and what it wrote.</returns>
    Task<(int ExitCode, string Output)> ExecAsync(string pod, string container, params IReadOnlyList<string> command);

    /// <summary>Where this machine reaches a port of the pod that has the name now; to be asked for again for a pod made anew.</summary>
    /// <exception cref="Lab.ClusterException">The pod has no address now.</exception>
    Task<IPEndPoint> EndPointAsync(string pod, int port, CancellationToken cancel = default);

    /// <summary>The last lines that a container wrote.</summary>
    Task<string> LogAsync(string pod, string container);
}
