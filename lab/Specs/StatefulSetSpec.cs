using k8s.Models;
using Lab.Manifests;
using Lab.State;

namespace Lab.Specs;

/// <summary>A StatefulSet.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Replicas">How many pods it wants.</param>
/// <param name="ServiceName">Its headless Service.</param>
/// <param name="Template">What its pods are made from.</param>
/// <param name="Revision">The hash of the template as written; pods carry it.</param>
/// <param name="ClaimTemplates">Names of its claim templates, in order.</param>
public sealed record StatefulSetSpec(
    string Namespace, string Name, int Replicas, string ServiceName, V1PodTemplateSpec Template, string Revision, IReadOnlyList<string> ClaimTemplates)
{
    /// <summary>The label in which a pod carries the revision it was made from.</summary>
    public const string RevisionLabel = "controller-revision-hash";

    /// <summary>The label in which a pod carries its name.</summary>
    public const string PodNameLabel = "statefulset.kubernetes.io/pod-name";

    /// <summary>The label in which a pod carries its ordinal.</summary>
    public const string PodIndexLabel = "apps.kubernetes.io/pod-index";

    /// <summary>Whether pods come and go one by one (<c>OrderedReady</c>) or all at once (<c>Parallel</c>).</summary>
    public bool Ordered { get; init; } = true;

    /// <summary>Whether a changed template replaces pods by itself (<c>RollingUpdate</c>) or only those deleted (<c>OnDelete</c>).</summary>
    public bool Rolling { get; init; } = true;

    /// <summary>Pods below this ordinal are not replaced by a rolling update.</summary>
    public int Partition { get; init; }

    /// <summary>How long a pod has to stay ready before the next one is made or replaced.</summary>
    public int MinReadySeconds { get; init; }

    /// <summary>The Jobs, as <c>namespace/name</c>, that stand before it in the folder: its first pod is made when they have completed.</summary>
    public IReadOnlyList<string> AfterJobs { get; init; } = [];

    /// <summary>Whether a pod has been ready for long enough.</summary>
    public bool IsAvailable(PodState pod, DateTimeOffset now) =>
        pod.IsHealthy && (MinReadySeconds == 0 || (pod.ReadySince is { } since && now - since >= TimeSpan.FromSeconds(MinReadySeconds)));

    /// <summary>The name of its pod with this ordinal.</summary>
    public string PodName(int ordinal) => $"{Name}-{ordinal}";

    /// <summary>Reads a StatefulSet.</summary>
    /// <exception cref="ClusterException">A field is missing or has a wrong shape.</exception>
    public static StatefulSetSpec Read(Manifest manifest)
    {
        var what = $"StatefulSet {manifest.Name}";
        var spec = SpecJson.Read<V1StatefulSet>(manifest.Body, what).Spec ?? throw new ClusterException($"{what} has no spec.");
        var template = PodDefaults.Fill(spec.Template ?? throw new ClusterException($"{what} has no pod template."));
        if (template.Spec.RestartPolicy != PodDefaults.Always)
        {
            throw new ClusterException($"{what}: spec.template.spec.restartPolicy is {template.Spec.RestartPolicy}; a set's pods run for ever, and Always is what it takes.");
        }

        return new StatefulSetSpec(
            manifest.Namespace,
            manifest.Name,
            spec.Replicas ?? 1,
            spec.ServiceName ?? "",
            template,
            TemplateHash.Of(manifest.Body["spec"]!["template"]!),
            [.. (spec.VolumeClaimTemplates ?? []).Select(claim => claim.Metadata?.Name ?? throw new ClusterException($"{what}: a claim template's name is missing."))])
        {
            Ordered = spec.PodManagementPolicy != "Parallel",
            Rolling = spec.UpdateStrategy?.Type != "OnDelete",
            Partition = spec.UpdateStrategy?.RollingUpdate?.Partition ?? 0,
            MinReadySeconds = spec.MinReadySeconds ?? 0,
        };
    }
}
