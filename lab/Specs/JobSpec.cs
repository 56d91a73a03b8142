using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Manifests;

namespace Lab.Specs;

/// <summary>A Job: pods that run to an end, one after another until one succeeds.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Template">What its pods are made from.</param>
/// <param name="TemplateHash">What tells its template from another, which it may not have.</param>
public sealed record JobSpec(string Namespace, string Name, V1PodTemplateSpec Template, string TemplateHash)
{
    /// <summary>The label in which a pod carries its Job's name.</summary>
    public const string NameLabel = "batch.kubernetes.io/job-name";

    /// <summary>The same as it was called before Kubernetes 1.27, still there.</summary>
    public const string OldNameLabel = "job-name";

    /// <summary>The object.</summary>
    public JsonObject Body { get; init; } = [];

    /// <summary>How many failures it takes before it counts as failed; 6 where it does not say.</summary>
    public int BackoffLimit { get; init; } = 6;

    /// <summary>How long it may take from its first pod; null for as long as it likes.</summary>
    public TimeSpan? ActiveDeadline { get; init; }

    /// <summary>How long its pods are kept when it is over; null for ever.</summary>
    public TimeSpan? KeptFor { get; init; }

    /// <summary>Whether it has no pods for now.</summary>
    public bool Suspended { get; init; }

    /// <summary>Whether a failed container is started again in its pod (<c>OnFailure</c>), rather than another pod made (<c>Never</c>).</summary>
    public bool RestartsInPlace => Template.Spec.RestartPolicy == "OnFailure";

    /// <summary>Reads a Job.</summary>
    /// <exception cref="ClusterException">A field is missing or has a wrong shape, or the lab does not run such a Job.</exception>
    public static JobSpec Read(Manifest manifest)
    {
        var what = $"Job {manifest.Name}";
        var spec = SpecJson.Read<V1Job>(manifest.Body, what).Spec ?? throw new ClusterException($"{what} has no spec.");
        var template = PodDefaults.Fill(spec.Template ?? throw new ClusterException($"{what} has no pod template."));
        var problems = Problems(spec, template).ToList();
        return problems.Count > 0 ? throw new ClusterException($"{what}: {string.Join("; ", problems)}.")
            : new JobSpec(manifest.Namespace, manifest.Name, template, Specs.TemplateHash.Of(manifest.Body["spec"]!["template"]!))
            {
                Body = manifest.Body,
                BackoffLimit = spec.BackoffLimit ?? 6,
                ActiveDeadline = Seconds(spec.ActiveDeadlineSeconds),
                KeptFor = Seconds(spec.TtlSecondsAfterFinished),
                Suspended = spec.Suspend == true,
            };
    }

    private static IEnumerable<string> Problems(V1JobSpec spec, V1PodTemplateSpec template)
    {
        if (template.Spec.RestartPolicy is not ("Never" or "OnFailure"))
        {
            yield return "spec.template.spec.restartPolicy is Never or OnFailure";
        }

        if (template.Spec.Containers.Count == 0)
        {
            yield return "spec.template.spec.containers is missing";
        }

        foreach (var (field, number) in new[] { ("completions", spec.Completions), ("parallelism", spec.Parallelism) })
        {
            if (number is not (null or 1))
            {
                yield return $"spec.{field} is {number}, and the lab runs Jobs of one pod at a time, of which one has to succeed: 1 is what it takes";
            }
        }

        foreach (var (field, number) in new (string, long?)[]
                 { ("backoffLimit", spec.BackoffLimit), ("activeDeadlineSeconds", spec.ActiveDeadlineSeconds), ("ttlSecondsAfterFinished", spec.TtlSecondsAfterFinished) })
        {
            if (number < (field == "activeDeadlineSeconds" ? 1 : 0))
            {
                yield return $"spec.{field} is {number}, which is too little";
            }
        }

        foreach (var (field, given) in new (string, object?)[]
                 {
                     ("selector", spec.Selector), ("manualSelector", spec.ManualSelector), ("podFailurePolicy", spec.PodFailurePolicy), ("successPolicy", spec.SuccessPolicy),
                     ("backoffLimitPerIndex", spec.BackoffLimitPerIndex), ("maxFailedIndexes", spec.MaxFailedIndexes), ("managedBy", spec.ManagedBy),
                     ("completionMode", spec.CompletionMode is "NonIndexed" ? null : spec.CompletionMode),
                 })
        {
            if (given is not null)
            {
                yield return $"the lab does not know spec.{field}";
            }
        }

        if (template.Spec.InitContainers.FirstOrDefault(container => container.RestartPolicy is not null) is { } sidecar)
        {
            yield return $"the lab does not know restartPolicy of a container, which {sidecar.Name} has";
        }
    }

    private static TimeSpan? Seconds(long? number) => number is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
