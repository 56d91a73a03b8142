using Lab.Manifests;
using Lab.Specs;
using Lab.State;

namespace Lab.Controllers;

/// <summary>A Job that was begun, with what it says.</summary>
/// <param name="record">How far it is.</param>
internal sealed class JobRun(JobRecord record)
{
    private JobRecord _record = record;

    /// <summary>What it says.</summary>
    public JobSpec Spec { get; private set; } = JobSpec.Read(new Manifest(record.Body));

    /// <summary>How far it is.</summary>
    public JobRecord Record
    {
        get => _record;
        set
        {
            if (!ReferenceEquals(value.Body, _record.Body))
            {
                Spec = JobSpec.Read(new Manifest(value.Body));
            }

            _record = value;
        }
    }

    /// <summary>Those of its pods that its controller ended, which is no failure.</summary>
    public HashSet<string> Stopped { get; } = [];

    /// <summary>What clients may know of it.</summary>
    public JobState State => new()
    {
        Namespace = Spec.Namespace,
        Name = Spec.Name,
        CronJob = Record.CronJob,
        Phase = Record.FinishedAt is not null ? (Record.Succeeded ? JobState.Complete : JobState.Failed) : Spec.Suspended ? "Suspended" : "Active",
        CreatedAt = Record.CreatedAt,
        StartedAt = Record.StartedAt,
        FinishedAt = Record.FinishedAt,
        FailedPods = Record.FailedPods.Count,
        Reason = Record.Reason,
        Message = Record.Message,
        LastLines = Record.LastLines,
        Expired = Record.Expired,
    };

    /// <summary>Whether it goes by the name of a Job.</summary>
    public bool Is(JobSpec job) => Spec.Namespace == job.Namespace && Spec.Name == job.Name;
}
