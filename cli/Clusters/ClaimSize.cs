using k8s.Models;

namespace Cli.Clusters;

/// <summary>How much storage a claim of a real cluster asks for, and has.</summary>
internal static class ClaimSize
{
    /// <summary>What it asks for; null where it does not say.</summary>
    public static ResourceQuantity? Asked(V1PersistentVolumeClaim? claim) => Storage(claim?.Spec?.Resources?.Requests);

    /// <summary>What its volume has; null where it has none yet.</summary>
    public static ResourceQuantity? Has(V1PersistentVolumeClaim? claim) => Storage(claim?.Status?.Capacity);

    private static ResourceQuantity? Storage(IDictionary<string, ResourceQuantity>? sizes) => sizes is not null && sizes.TryGetValue("storage", out var size) ? size : null;
}
