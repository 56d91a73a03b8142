using System.Globalization;
using System.Text.Json.Nodes;
using Lab.Specs;
using Lab.State;

namespace Lab.Controllers;

/// <summary>Begins the Jobs of CronJobs when they are due, and removes those that are over and too many.</summary>
/// <param name="earlier">What an earlier controller knew of them.</param>
/// <param name="jobs">Runs the Jobs.</param>
/// <param name="events">Called with namespace, name, a reason and a sentence.</param>
/// <param name="time">The clock.</param>
/// <remarks>Source: kubernetes/kubernetes, pkg/controller/cronjob.</remarks>
public sealed class CronController(IReadOnlyList<CronJobState> earlier, JobController jobs, Action<string, string, string, string> events, TimeProvider time)
{
    private readonly Dictionary<string, CronJobState> _known = earlier.ToDictionary(one => $"{one.Namespace}/{one.Name}");
    private readonly HashSet<string> _held = [];

    /// <summary>When the next run is due; null where none is.</summary>
    public DateTimeOffset? Next { get; private set; }

    /// <summary>Takes every step that can be taken now; the Jobs that are begun, <see cref="JobController.Reconcile"/> then runs.</summary>
    /// <returns>The CronJobs as they are then.</returns>
    public IReadOnlyList<CronJobState> Reconcile(IReadOnlyList<CronJobSpec> crons)
    {
        foreach (var orphan in jobs.Records.Where(job => job.CronJob.Length > 0 && !crons.Any(cron => Owns(cron, job))).ToList())
        {
            jobs.Remove(orphan);
        }

        foreach (var gone in _known.Keys.Except(crons.Select(Key)).ToList())
        {
            _known.Remove(gone);
        }

        var states = crons.Select(Reconcile).ToList();
        Next = states.Min(state => state.Next);
        return states;
    }

    /// <summary>Begins a Job of a CronJob at somebody's request.</summary>
    public void Run(CronJobSpec cron, string name)
    {
        var job = cron.Job(name);
        var metadata = (JsonObject)job.Body["metadata"]!;
        var annotations = metadata["annotations"] as JsonObject ?? [];
        metadata["annotations"] = annotations;
        annotations["cronjob.kubernetes.io/instantiate"] = "manual";
        Begin(cron, name, job.Body, scheduledFor: null);
    }

    private CronJobState Reconcile(CronJobSpec cron)
    {
        var now = time.GetUtcNow();
        var known = _known.GetValueOrDefault(Key(cron)) ?? new CronJobState { Since = now };
        var last = cron.Suspended ? known.LastScheduled : BeginWhatIsDue(cron, known, now);
        Forget(cron);
        return _known[Key(cron)] = known with
        {
            Namespace = cron.Namespace,
            Name = cron.Name,
            Schedule = cron.ScheduleText,
            Suspended = cron.Suspended,
            LastScheduled = last,
            Next = cron.Suspended ? null : cron.Schedule.After(now),
        };
    }

    // Of several times that were missed, the last one counts.
    private DateTimeOffset? BeginWhatIsDue(CronJobSpec cron, CronJobState known, DateTimeOffset now)
    {
        var after = known.LastScheduled ?? known.Since;
        if (cron.StartingDeadline is { } late && now - late > after)
        {
            after = now - late;
        }

        if (cron.Schedule.UpTo(now) is not { } due || due <= after)
        {
            return known.LastScheduled;
        }

        var active = jobs.Records.Where(job => Owns(cron, job) && job is { ScheduledFor: not null, FinishedAt: null }).ToList();
        if (cron.Concurrency == "Forbid" && active.Count > 0)
        {
            if (_held.Add($"{Key(cron)} {due:O}"))
            {
                events(cron.Namespace, cron.Name, "JobAlreadyActive", $"The run of {due:u} waits: the one before goes on, and concurrencyPolicy is Forbid");
            }

            return known.LastScheduled;
        }

        foreach (var other in cron.Concurrency == "Replace" ? active : [])
        {
            jobs.Remove(other);
        }

        var name = string.Create(CultureInfo.InvariantCulture, $"{cron.Name}-{due.ToUnixTimeSeconds() / 60}");
        if (!jobs.Records.Any(job => Owns(cron, job) && job.ScheduledFor == due))
        {
            Begin(cron, name, cron.Job(name).Body, due);
        }

        return due;
    }

    private void Begin(CronJobSpec cron, string name, JsonObject body, DateTimeOffset? scheduledFor)
    {
        jobs.Add(new JobRecord { Uid = Guid.NewGuid().ToString(), Body = body, CreatedAt = time.GetUtcNow(), CronJob = cron.Name, ScheduledFor = scheduledFor });
        events(cron.Namespace, cron.Name, "SuccessfulCreate", $"Created job {name}");
    }

    private void Forget(CronJobSpec cron)
    {
        var over = jobs.Records.Where(job => Owns(cron, job) && job.FinishedAt is not null).OrderByDescending(job => job.FinishedAt).ToList();
        foreach (var job in over.Where(job => job.Succeeded).Skip(cron.SuccessfulKept).Concat(over.Where(job => !job.Succeeded).Skip(cron.FailedKept)).ToList())
        {
            jobs.Remove(job);
        }
    }

    private static bool Owns(CronJobSpec cron, JobRecord job) => job.CronJob == cron.Name && job.Namespace == cron.Namespace;

    private static string Key(CronJobSpec cron) => $"{cron.Namespace}/{cron.Name}";
}
