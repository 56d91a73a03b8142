using System.Text.Json.Serialization;

namespace Lab.State;

/// <summary>A pod.</summary>
public sealed record PodState
{
    /// <summary>Its namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its name, which outlives it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its own number, which doesn't.</summary>
    public string Uid { get; init; } = "";

    /// <summary>The Job that it is of; empty for a pod of a set.</summary>
    public string Job { get; init; } = "";

    /// <summary>Its StatefulSet; empty for a pod of a Job.</summary>
    public string Set { get; init; } = "";

    /// <summary>Its place in the set.</summary>
    public int Ordinal { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The hash of the template it was made from.</summary>
    public string Revision { get; init; } = "";

    /// <summary>The headless Service that gives it its record.</summary>
    public string Service { get; init; } = "";

    /// <summary><c>Pending</c> (until every container has started once) or <c>Running</c>; in the end, for a pod of a Job, <c>Succeeded</c> or <c>Failed</c>.</summary>
    public string Phase { get; init; } = "Pending";

    /// <summary>In a word or two, as kubectl's STATUS column: Running, Init:0/2, CrashLoopBackOff, Terminating ...</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why it is not ready, in a sentence; empty when it is.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether all containers are ready, and it is not being deleted.</summary>
    public bool Ready { get; init; }

    /// <summary>When it last became ready.</summary>
    public DateTimeOffset? ReadySince { get; init; }

    /// <summary>Whether it is being deleted.</summary>
    public bool Terminating { get; init; }

    /// <summary>Its address; empty until it has one.</summary>
    public string Address { get; init; } = "";

    /// <summary>Its claims' names.</summary>
    public IReadOnlyList<string> Claims { get; init; } = [];

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when <see cref="Reason"/> is what it is.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Its containers: init containers first, each in the template's order.</summary>
    public IReadOnlyList<ContainerState> Containers { get; init; } = [];

    /// <summary>Whether the StatefulSet controller may go on to the next pod.</summary>
    [JsonIgnore]
    public bool IsHealthy => Phase == "Running" && Ready && !Terminating;

    /// <summary>Whether it has run to its end.</summary>
    [JsonIgnore]
    public bool IsFinished => Phase is "Succeeded" or "Failed";

    /// <summary>Restarts of all its containers.</summary>
    public int Restarts => Containers.Sum(container => container.Restarts);
}

/// <summary>A container of a pod.</summary>
public sealed record ContainerState
{
    /// <summary>Its name in the pod.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether it is an init container.</summary>
    public bool Init { get; init; }

    /// <summary>The image reference as written.</summary>
    public string Image { get; init; } = "";

    /// <summary><c>Waiting</c>, <c>Running</c> or <c>Terminated</c>.</summary>
    public string Status { get; init; } = "Waiting";

    /// <summary>Why it waits or has ended: PodInitializing, CrashLoopBackOff, ErrImagePull, Completed ...</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same in a sentence; while running unready, what the probe said.</summary>
    public string Message { get; init; } = "";

    /// <summary>Since when <see cref="Status"/> is what it is.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Whether its startup probe has succeeded, or it has none and runs.</summary>
    public bool Started { get; init; }

    /// <summary>Whether its readiness probe says so, or it has none and has started.</summary>
    public bool Ready { get; init; }

    /// <summary>How often it was started again.</summary>
    public int Restarts { get; init; }

    /// <summary>Its podman id while it runs; empty otherwise.</summary>
    public string Id { get; init; } = "";

    /// <summary>Its first process while it runs, as this machine numbers it; 0 otherwise.</summary>
    public int Pid { get; init; }

    /// <summary>The file of its output.</summary>
    public string Log { get; init; } = "";

    /// <summary>The file of the output of the run before; empty without one.</summary>
    public string PreviousLog { get; init; } = "";

    /// <summary>How its last run ended; null when none has.</summary>
    public Termination? Last { get; init; }
}

/// <summary>How a run of a container ended.</summary>
/// <param name="ExitCode">128 + the signal's number when a signal ended it.</param>
/// <param name="Reason">Completed, Error, OOMKilled or a failure to start.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="FinishedAt">When it ended.</param>
/// <param name="LastLines">The last lines it wrote.</param>
public sealed record Termination(int ExitCode, string Reason, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, IReadOnlyList<string> LastLines);
