using Infra.Workloads;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>What the API server will not let a claim become that is there already: the first deployment that takes it over is not held against it in a preview.</summary>
internal static class ClaimCheck
{
    /// <summary>What is in the way; nothing where the claim may be taken over.</summary>
    public static string? Obstacle(Manifest wanted, V1PersistentVolumeClaim there)
    {
        var instance = $"{wanted.Body["metadata"]?["labels"]?[WorkloadLabels.Instance]}";
        if (there.GetLabel(WorkloadLabels.Instance) != instance)
        {
            return $"it is there already, and was not made for the system {instance}, which would take it over with what is on it; choose another name for the system, or label the claim {WorkloadLabels.Instance}={instance}";
        }

        var spec = wanted.Body["spec"];
        var asked = $"{spec?["resources"]?["requests"]?["storage"]}";
        var has = ClaimSize.Has(there) ?? ClaimSize.Asked(there);
        var (storageClass, modes) = ((string?)spec?["storageClassName"], (spec?["accessModes"]?.AsArray() ?? []).Select(mode => $"{mode}").Order().ToList());
        if (has is not null && asked.Length > 0 && new ResourceQuantity(asked).ToDecimal() < has.ToDecimal())
        {
            return $"it has {has} already, and a claim never shrinks to {asked}; storage: {has} keeps it";
        }

        if (storageClass is not null && there.Spec?.StorageClassName is { } keeps && keeps != storageClass)
        {
            return $"it is of storage class {keeps}, and keeps it; storageClass: {keeps}, or a system of another name on volumes of {storageClass}";
        }

        return there.Spec?.AccessModes is { } old && !old.Order().SequenceEqual(modes)
            ? $"its access mode is {string.Join(", ", old)}, and it keeps it; accessMode: {old.FirstOrDefault()}, or a system of another name"
            : null;
    }
}
