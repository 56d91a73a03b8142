namespace Lab.State;

/// <summary>What runs in an instance of the lab, as its controller last saw it.</summary>
public sealed record ClusterState
{
    /// <summary>The instance.</summary>
    public string Instance { get; init; } = "";

    /// <summary>The generation of the desired state that this state answers to.</summary>
    public long Generation { get; init; }

    /// <summary>When it was written.</summary>
    public DateTimeOffset WrittenAt { get; init; }

    /// <summary>Why the desired state cannot be acted on; null when it can.</summary>
    public string? Failure { get; init; }

    /// <summary>The name server's address in the pods' network.</summary>
    public string DnsAddress { get; init; } = "";

    /// <summary>StatefulSets, in the order wanted.</summary>
    public IReadOnlyList<SetState> Sets { get; init; } = [];

    /// <summary>Jobs: those wanted, in their order, and then those of CronJobs, the oldest first.</summary>
    public IReadOnlyList<JobState> Jobs { get; init; } = [];

    /// <summary>CronJobs, in the order wanted.</summary>
    public IReadOnlyList<CronJobState> CronJobs { get; init; } = [];

    /// <summary>Pods, by set and ordinal; then those of Jobs, the oldest first.</summary>
    public IReadOnlyList<PodState> Pods { get; init; } = [];

    /// <summary>What happened, oldest first; the newest thousand.</summary>
    public IReadOnlyList<ClusterEvent> Events { get; init; } = [];
}

/// <summary>A StatefulSet.</summary>
public sealed record SetState
{
    /// <summary>Its namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many pods it wants.</summary>
    public int Replicas { get; init; }

    /// <summary>How many of them are ready.</summary>
    public int Ready { get; init; }

    /// <summary>How many of them are made from the newest template.</summary>
    public int Updated { get; init; }

    /// <summary>The newest template's hash.</summary>
    public string Revision { get; init; } = "";

    /// <summary>What it waits for; null when it is as wanted.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Since when it waits for that.</summary>
    public DateTimeOffset? WaitsSince { get; init; }

    /// <summary>Whether all pods are there, ready and of the newest template, and no others.</summary>
    public bool IsComplete => WaitsFor is null && Ready == Replicas && Updated == Replicas;
}

/// <summary>Something that happened.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="At">When.</param>
/// <param name="Namespace">The namespace of the object it happened to.</param>
/// <param name="Name">The object's name, mostly a pod's.</param>
/// <param name="Reason">One word: Created, Ready, Unready, Restarted, Killed ...</param>
/// <param name="Message">A sentence.</param>
public sealed record ClusterEvent(long Number, DateTimeOffset At, string Namespace, string Name, string Reason, string Message);
