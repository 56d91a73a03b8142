using k8s.Models;
using Lab.Probes;

namespace Lab.Pods;

/// <summary>What runs pods: podman, or a fake in tests. Nothing here decides; the pod does.</summary>
public interface IPodRuntime
{
    /// <summary>Makes a pod's volumes and its network.</summary>
    /// <exception cref="ClusterException">A ConfigMap or Secret is missing, or podman cannot.</exception>
    Task<Sandbox> StartSandboxAsync(PodRecord pod);

    /// <summary>What already runs of a pod.</summary>
    Task<AdoptedPod> AdoptAsync(PodRecord pod);

    /// <summary>Waits until the pod's network is gone, which only someone else can have done.</summary>
    Task WaitSandboxAsync(Sandbox sandbox, CancellationToken cancel);

    /// <summary>Starts a container for the <paramref name="attempt"/>th time, counted from 0, and removes what is left of the time before.</summary>
    /// <exception cref="ContainerStartException">It cannot be started.</exception>
    Task<ContainerRun> StartContainerAsync(PodRecord pod, Sandbox sandbox, V1Container container, bool init, int attempt);

    /// <summary>Waits for a container's end.</summary>
    Task<RunEnd> WaitAsync(ContainerRun run, CancellationToken cancel);

    /// <summary>Asks a container to end (its image's stop signal), or ends it.</summary>
    Task StopAsync(ContainerRun run, bool kill);

    /// <summary>Does one check of a container, or one of its lifecycle actions.</summary>
    Task<ProbeResult> ProbeAsync(Sandbox sandbox, ContainerRun run, V1Container container, V1Probe probe, CancellationToken cancel);

    /// <summary>Removes a pod's containers and network; its claims stay, and so do its other volumes unless <paramref name="volumes"/>.</summary>
    Task RemoveAsync(PodRecord pod, bool volumes);
}

/// <summary>A pod's network.</summary>
/// <param name="Address">The pod's address.</param>
/// <param name="Pid">The process that holds it.</param>
public sealed record Sandbox(string Address, int Pid);

/// <summary>One run of a container.</summary>
/// <param name="Container">The container's name in the pod.</param>
/// <param name="Id">Its podman id.</param>
/// <param name="Pid">Its first process; 0 when it has already ended.</param>
/// <param name="Attempt">Counts up from 0.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="Log">The file of its output.</param>
public sealed record ContainerRun(string Container, string Id, int Pid, int Attempt, DateTimeOffset StartedAt, string Log);

/// <summary>How a run ended.</summary>
/// <param name="ExitCode">128 + the signal's number when a signal ended it.</param>
/// <param name="OutOfMemory">Whether its memory limit ended it.</param>
public sealed record RunEnd(int ExitCode, bool OutOfMemory = false);

/// <summary>What already runs of a pod.</summary>
/// <param name="Sandbox">Its network; null when that doesn't run.</param>
/// <param name="Runs">The newest run of each container, by the container's name.</param>
public sealed record AdoptedPod(Sandbox? Sandbox, IReadOnlyDictionary<string, ContainerRun> Runs);

/// <summary>A container could not be started.</summary>
/// <param name="reason">In a word, as Kubernetes says it: ErrImagePull, CreateContainerConfigError, RunContainerError ...</param>
/// <param name="sentence">Why.</param>
/// <param name="inner">What caused it.</param>
public sealed class ContainerStartException(string reason, string sentence, Exception? inner = null) : Exception(sentence, inner)
{
    /// <summary>In a word, as Kubernetes says it.</summary>
    public string Reason { get; } = reason;
}
