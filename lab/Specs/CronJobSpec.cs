using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Manifests;

namespace Lab.Specs;

/// <summary>A CronJob: Jobs at times.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="ScheduleText">When, as written, with its time zone where it names one.</param>
/// <param name="Schedule">When.</param>
/// <param name="Template">What its Jobs are made from: <c>metadata</c> and <c>spec</c>.</param>
public sealed record CronJobSpec(string Namespace, string Name, string ScheduleText, CronSchedule Schedule, JsonObject Template)
{
    /// <summary>The longest name: a Job's ends in the minute that it was due.</summary>
    private const int LongestName = 52;

    /// <summary>What becomes of a run that is due while another goes on: both run (Allow), it waits (Forbid), or the other ends (Replace).</summary>
    public string Concurrency { get; init; } = "Allow";

    /// <summary>How late a run may begin; null for however late.</summary>
    public TimeSpan? StartingDeadline { get; init; }

    /// <summary>Whether no run begins by itself.</summary>
    public bool Suspended { get; init; }

    /// <summary>How many Jobs that succeeded are kept.</summary>
    public int SuccessfulKept { get; init; } = 3;

    /// <summary>How many Jobs that failed are kept.</summary>
    public int FailedKept { get; init; } = 1;

    /// <summary>Reads a CronJob.</summary>
    /// <exception cref="ClusterException">A field is missing or has a wrong shape, or the lab does not run such Jobs.</exception>
    public static CronJobSpec Read(Manifest manifest)
    {
        var what = $"CronJob {manifest.Name}";
        var spec = SpecJson.Read<V1CronJob>(manifest.Body, what).Spec ?? throw new ClusterException($"{what} has no spec.");
        if (spec.ConcurrencyPolicy is not (null or "Allow" or "Forbid" or "Replace"))
        {
            throw new ClusterException($"{what}: spec.concurrencyPolicy is {spec.ConcurrencyPolicy}; it is Allow, Forbid or Replace.");
        }

        if (manifest.Name.Length > LongestName)
        {
            throw new ClusterException($"{what}: its name is longer than {LongestName} letters, and its Jobs' names would be too long.");
        }

        var read = new CronJobSpec(
            manifest.Namespace,
            manifest.Name,
            $"{spec.Schedule}{(spec.TimeZone is { } zone ? $" ({zone})" : "")}",
            ScheduleOf(spec, what),
            manifest.Body["spec"]!["jobTemplate"] as JsonObject ?? throw new ClusterException($"{what} has no jobTemplate."))
        {
            Concurrency = spec.ConcurrencyPolicy ?? "Allow",
            StartingDeadline = spec.StartingDeadlineSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Suspended = spec.Suspend == true,
            SuccessfulKept = spec.SuccessfulJobsHistoryLimit ?? 3,
            FailedKept = spec.FailedJobsHistoryLimit ?? 1,
        };
        try
        {
            JobSpec.Read(read.Job(manifest.Name));
        }
        catch (ClusterException wrong)
        {
            throw new ClusterException($"{what}, jobTemplate: {wrong.Message[(wrong.Message.IndexOf(':') + 1)..].Trim()}", inner: wrong);
        }

        return read;
    }

    /// <summary>A Job of it.</summary>
    /// <param name="name">The Job's name.</param>
    public Manifest Job(string name)
    {
        var metadata = Template["metadata"]?.DeepClone() as JsonObject ?? [];
        (metadata["name"], metadata["namespace"]) = (name, Namespace);
        return new Manifest(new JsonObject { ["apiVersion"] = "batch/v1", ["kind"] = "Job", ["metadata"] = metadata, ["spec"] = Template["spec"]?.DeepClone() });
    }

    private static CronSchedule ScheduleOf(V1CronJobSpec spec, string what)
    {
        try
        {
            return CronSchedule.Parse(spec.Schedule ?? "", spec.TimeZone);
        }
        catch (FormatException wrong)
        {
            throw new ClusterException($"{what}: {wrong.Message}.", inner: wrong);
        }
    }
}
