using Lab.Pods;
using Lab.Specs;
using Lab.State;

namespace Lab.Controllers;

/// <summary>Makes the pods of Jobs until one succeeds or it is one failure too many. A Job that is over stays over.</summary>
/// <param name="folder">The instance's folder, which keeps how far the Jobs are.</param>
/// <param name="pods">All pods there are, by uid; changed by this.</param>
/// <param name="bringToLife">Makes a new pod of a Job, of which the own number is given.</param>
/// <param name="events">Called with namespace, name, a reason and a sentence.</param>
/// <param name="time">The clock.</param>
public sealed class JobController(
    LabFolder folder, IDictionary<string, IPod> pods, Func<JobSpec, string, IPod> bringToLife, Action<string, string, string, string> events, TimeProvider time)
{
    private readonly List<JobRun> _runs = [.. JobRecord.LoadAll(folder).Select(record => new JobRun(record))];

    /// <summary>When there is something to do that nothing but the clock tells; null where there is not.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>The Jobs that are kept, the oldest first.</summary>
    public IEnumerable<JobRecord> Records => _runs.Select(run => run.Record);

    /// <summary>Begins a Job.</summary>
    public void Add(JobRecord record)
    {
        _runs.Add(new JobRun(record));
        record.Save(folder);
    }

    /// <summary>Removes a Job and its pods.</summary>
    public void Remove(JobRecord record)
    {
        _runs.RemoveAll(run => run.Record.Uid == record.Uid);
        record.Remove(folder);
        foreach (var pod in PodsOf(record.Uid))
        {
            Delete(pod);
        }
    }

    /// <summary>Takes every step that can be taken now.</summary>
    /// <param name="wanted">The Jobs that are wanted by themselves.</param>
    /// <returns>All Jobs as they are then: those wanted, in their order, and then those of CronJobs.</returns>
    public IReadOnlyList<JobState> Reconcile(IReadOnlyList<JobSpec> wanted)
    {
        Next = null;
        foreach (var gone in _runs.Where(run => run.Record.CronJob.Length == 0 && !wanted.Any(run.Is)).ToList())
        {
            Remove(gone.Record);
        }

        foreach (var job in wanted)
        {
            Want(job);
        }

        foreach (var orphan in pods.Values.Where(pod => pod.Record.Job.Length > 0 && !_runs.Any(run => run.Record.Uid == pod.Record.JobUid)).ToList())
        {
            Delete(orphan);
        }

        foreach (var run in _runs.ToList())
        {
            Step(run);
        }

        return [.. wanted.Select(job => _runs.First(run => run.Record.CronJob.Length == 0 && run.Is(job))).Concat(_runs.Where(run => run.Record.CronJob.Length > 0)).Select(run => run.State)];
    }

    private void Want(JobSpec job)
    {
        var known = _runs.Find(run => run.Record.CronJob.Length == 0 && run.Is(job));
        if (known?.Spec.TemplateHash == job.TemplateHash)
        {
            Save(known, known.Record with { Body = job.Body });
            return;
        }

        // Another template: the Job of that name counts as gone, or nobody would have been let write it.
        if (known is not null)
        {
            Remove(known.Record);
        }

        Add(new JobRecord { Uid = Guid.NewGuid().ToString(), Body = job.Body, CreatedAt = time.GetUtcNow() });
    }

    private void Step(JobRun run)
    {
        var now = time.GetUtcNow();
        if (run.Record.FinishedAt is { } finished)
        {
            Expire(run, finished, now);
        }
        else if (run.Spec.Suspended)
        {
            Stop(run);
            Save(run, run.Record with { StartedAt = null });
        }
        else
        {
            Save(run, run.Record with { StartedAt = run.Record.StartedAt ?? now });
            GoOn(run, now);
        }
    }

    private void GoOn(JobRun run, DateTimeOffset now)
    {
        var states = PodsOf(run.Record.Uid).Select(pod => pod.State).ToList();
        var failed = states.Where(pod => IsLost(pod) && !run.Record.FailedPods.Contains(pod.Uid) && !run.Stopped.Contains(pod.Uid)).Select(pod => pod.Uid).ToList();
        if (failed.Count > 0)
        {
            Save(run, run.Record with { FailedPods = [.. run.Record.FailedPods, .. failed], LastFailure = now });
        }

        var active = states.Where(pod => !pod.IsFinished && !pod.Terminating).ToList();
        var deadline = run.Record.StartedAt + run.Spec.ActiveDeadline;
        if (states.Any(pod => pod.Phase == "Succeeded"))
        {
            Finish(run, run.Record with { Succeeded = true, FinishedAt = now });
        }
        else if (deadline <= now)
        {
            Fail(run, now, "DeadlineExceeded", $"it took longer than its activeDeadlineSeconds, {run.Spec.ActiveDeadline!.Value.TotalSeconds:0}", states);
        }
        else if (run.Record.FailedPods.Count > run.Spec.BackoffLimit || HasRestartedTooOften(run.Spec, active))
        {
            Fail(run, now, "BackoffLimitExceeded", $"it failed more often than its backoffLimit, {run.Spec.BackoffLimit}", states);
        }
        else if (active.Count == 0 && RetryAt(run.Record) is var retry && retry > now)
        {
            At(retry);
            At(deadline);
        }
        else
        {
            if (active.Count == 0)
            {
                var pod = bringToLife(run.Spec, run.Record.Uid);
                pods[pod.Record.Uid] = pod;
            }

            At(deadline);
        }
    }

    private void Fail(JobRun run, DateTimeOffset now, string reason, string sentence, IReadOnlyList<PodState> states)
    {
        var container = states.SelectMany(pod => pod.Containers).Where(one => one.Last is { ExitCode: not 0 }).MaxBy(one => one.Last!.FinishedAt);
        var running = states.SelectMany(pod => pod.Containers).FirstOrDefault(one => one.Status == "Running");
        var why = container is not null ? $"{sentence}; container {container.Name} ended with exit code {container.Last!.ExitCode}"
            : states.FirstOrDefault(pod => pod.Message.Length > 0) is { } pod ? $"{sentence}; {pod.Message}"
            : sentence;
        Finish(run, run.Record with
        {
            FinishedAt = now,
            Reason = reason,
            Message = why,
            LastLines = container?.Last!.LastLines ?? (running is not null ? ContainerLog.Tail(running.Log, 20) : []),
        });
    }

    private void Finish(JobRun run, JobRecord record)
    {
        Save(run, record);
        Stop(run);
        events(run.Spec.Namespace, run.Spec.Name, record.Succeeded ? JobState.Complete : JobState.Failed, record.Succeeded ? "The Job has completed" : $"The Job has failed: {record.Message}");
        Expire(run, record.FinishedAt!.Value, record.FinishedAt.Value);
    }

    private void Expire(JobRun run, DateTimeOffset finished, DateTimeOffset now)
    {
        if (run.Record.Expired || finished + run.Spec.KeptFor is not { } end)
        {
            return;
        }

        if (now < end)
        {
            At(end);
        }
        else if (run.Record.CronJob.Length > 0)
        {
            Remove(run.Record);
        }
        else
        {
            // What is known of it stays, so that it is not run again while it is wanted.
            Save(run, run.Record with { Expired = true });
            foreach (var pod in PodsOf(run.Record.Uid))
            {
                Delete(pod);
            }
        }
    }

    private void Stop(JobRun run)
    {
        foreach (var pod in PodsOf(run.Record.Uid).Where(pod => !pod.State.IsFinished))
        {
            run.Stopped.Add(pod.Record.Uid);
            Delete(pod);
        }
    }

    private void Save(JobRun run, JobRecord record)
    {
        if (run.Record != record)
        {
            run.Record = record;
            record.Save(folder);
        }
    }

    private void At(DateTimeOffset? time) => Next = time is null || Next < time ? Next : time;

    private List<IPod> PodsOf(string uid) => [.. pods.Values.Where(pod => pod.Record.JobUid == uid)];

    private static bool IsLost(PodState pod) => pod.Phase == "Failed" || (pod.Terminating && !pod.IsFinished);

    // As Kubernetes counts: a limit of 0 lets no restart be, one of 3 two of them.
    private static bool HasRestartedTooOften(JobSpec job, IReadOnlyList<PodState> active) =>
        job.RestartsInPlace && active.Sum(pod => pod.Restarts) is > 0 and var restarts && restarts >= job.BackoffLimit;

    // Kubernetes waits 10 s after the first failure and 6 minutes at most; a lab is watched by a person.
    private static DateTimeOffset RetryAt(JobRecord record) => record.LastFailure is { } last
        ? last + TimeSpan.FromSeconds(Math.Min(Math.Pow(2, record.FailedPods.Count - 1), RestartBackoff.Longest.TotalSeconds))
        : DateTimeOffset.MinValue;

    private static void Delete(IPod pod)
    {
        if (pod.Record.DeletedAt is null)
        {
            pod.Delete(pod.Record.Grace);
        }
    }
}
