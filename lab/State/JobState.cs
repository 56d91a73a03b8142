using System.Text.Json.Serialization;

namespace Lab.State;

/// <summary>A Job.</summary>
public sealed record JobState
{
    /// <summary>The phase of a Job that has succeeded.</summary>
    public const string Complete = "Complete";

    /// <summary>The phase of a Job that has failed for good.</summary>
    public const string Failed = "Failed";

    /// <summary>Its namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The CronJob that it is a run of; empty for one that is wanted by itself.</summary>
    public string CronJob { get; init; } = "";

    /// <summary><c>Active</c>, <c>Suspended</c>, <c>Complete</c> or <c>Failed</c>.</summary>
    public string Phase { get; init; } = "Active";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began; null while it is suspended.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many of its pods have failed.</summary>
    public int FailedPods { get; init; }

    /// <summary>Why it failed, in a word: BackoffLimitExceeded, DeadlineExceeded; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The same in a sentence.</summary>
    public string Message { get; init; } = "";

    /// <summary>The last lines that the container wrote for which it failed.</summary>
    public IReadOnlyList<string> LastLines { get; init; } = [];

    /// <summary>Whether it has been over for as long as it was to be kept: its pods are gone.</summary>
    public bool Expired { get; init; }

    /// <summary>Whether it is wanted by itself, and no run of a CronJob.</summary>
    [JsonIgnore]
    public bool IsByItself => CronJob.Length == 0;

    /// <summary>How and why it failed, for one that has.</summary>
    [JsonIgnore]
    public string Failure => $"failed ({Reason}): {Message}";

    /// <summary>Whether it is over.</summary>
    [JsonIgnore]
    public bool IsFinished => Phase is Complete or Failed;

    /// <summary>Whether nothing has to be waited for.</summary>
    [JsonIgnore]
    public bool IsSettled => Phase is Complete or "Suspended";
}

/// <summary>A CronJob.</summary>
public sealed record CronJobState
{
    /// <summary>Its namespace.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it runs, as written.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>Whether no run begins by itself.</summary>
    public bool Suspended { get; init; }

    /// <summary>Since when it is there: no earlier time is made up for.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The last time for which a run was made; null before the first.</summary>
    public DateTimeOffset? LastScheduled { get; init; }

    /// <summary>When it is due next; null while it is suspended, or where it never is again.</summary>
    public DateTimeOffset? Next { get; init; }
}
