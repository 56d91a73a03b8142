using Infra.Workloads;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>What the API server will not let a claim become that is there already: the first deployment that takes it over is not held against it in a preview.</summary>
internal static class ClaimCheck
{
    /// <summary>What is in the way; nothing where the claim may be taken over.</summary>
    /// <param name="wanted">What it is to become.</param>
    /// <param name="there">The claim.</param>
    /// <param name="classes">The cluster's storage classes.</param>
    public static string? Obstacle(Manifest wanted, V1PersistentVolumeClaim there, IReadOnlyList<V1StorageClass> classes)
    {
        var instance = $"{wanted.Body["metadata"]?["labels"]?[WorkloadLabels.Instance]}";
        if (there.GetLabel(WorkloadLabels.Instance) != instance)
        {
            return $"it is there already, and was not made for the system {instance}, which would take it over with what is on it; choose another name for the system, or label the claim {WorkloadLabels.Instance}={instance}";
        }

        var spec = wanted.Body["spec"];
        var asked = $"{spec?["resources"]?["requests"]?["storage"]}";
        decimal? size = asked.Length > 0 ? new ResourceQuantity(asked).ToDecimal() : null;
        var has = ClaimSize.Has(there) ?? ClaimSize.Asked(there);
        var (storageClass, modes) = ((string?)spec?["storageClassName"], (spec?["accessModes"]?.AsArray() ?? []).Select(mode => $"{mode}").Order().ToList());
        if (there.Status?.Phase == "Pending" && ClaimSize.Asked(there) is { } waits && size != waits.ToDecimal())
        {
            return $"it waits for its volume and asks for {waits}, which it changes only when it has one; storage: {waits} keeps it{(string.IsNullOrEmpty(there.Spec?.VolumeName) ? ", or delete it, as nothing is on it" : string.Empty)}";
        }

        if (has is not null && size < has.ToDecimal())
        {
            return $"it has {has} already, and a claim never shrinks to {asked}; storage: {has} keeps it";
        }

        if (has is not null && size == has.ToDecimal() && ClaimSize.Asked(there) is { } more && more.ToDecimal() > size)
        {
            return $"it asks for {more} and has {has}, and goes back to a size above that only; storage: {more}, or less that is more than {has}";
        }

        if (storageClass is not null && there.Spec?.StorageClassName is { } keeps && keeps != storageClass)
        {
            return $"it is of storage class {keeps}, and keeps it; storageClass: {keeps}, or a system of another name on volumes of {storageClass}";
        }

        return there.Spec?.AccessModes is { } old && !old.Order().SequenceEqual(modes)
            ? $"its access mode is {string.Join(", ", old)}, and it keeps it; accessMode: {old.FirstOrDefault()}, or a system of another name"
            : ClaimSize.Asked(there) is { } before && size > before.ToDecimal()
            ? GrowthProblem(asked, before, there.Spec?.StorageClassName, classes)
            : null;
    }

    /// <summary>Why a claim does not grow: the API server says it to <c>pulumi up</c>, and not to a preview.</summary>
    private static string? GrowthProblem(string asked, ResourceQuantity size, string? name, IReadOnlyList<V1StorageClass> classes)
    {
        var why = string.IsNullOrEmpty(name) ? "it is of no storage class, and only one of a class grows"
            : classes.FirstOrDefault(one => one.Name() == name) is not { } found ? $"its storage class {name} is not there any more, and only one of a class grows"
            : found.AllowVolumeExpansion != true ? $"its storage class {name} lets no claim grow (allowVolumeExpansion)"
            : null;
        return why is null ? null : $"it asks for {size}, and cannot grow to {asked}: {why}; storage: {size} keeps it";
    }
}
