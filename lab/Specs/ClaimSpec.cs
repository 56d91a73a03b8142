using System.Text.Json.Nodes;
using k8s.Models;
using Lab.Manifests;

namespace Lab.Specs;

/// <summary>A PersistentVolumeClaim that is an object of its own. Of the name that a set's claim has, it is that claim.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Size">What it asks for.</param>
/// <param name="Rest">All else that its spec says, which may not change.</param>
public sealed record ClaimSpec(string Namespace, string Name, ResourceQuantity Size, JsonObject Rest)
{
    /// <summary>Reads a claim.</summary>
    /// <exception cref="ClusterException">It has a wrong shape, or asks for no storage.</exception>
    public static ClaimSpec Read(Manifest manifest)
    {
        var what = $"PersistentVolumeClaim {manifest.Name}";
        var spec = SpecJson.Read<V1PersistentVolumeClaim>(manifest.Body, what).Spec ?? throw new ClusterException($"{what} has no spec.");
        if (spec.Resources?.Requests is not { } requests || !requests.TryGetValue("storage", out var size))
        {
            throw new ClusterException($"{what}: spec.resources.requests.storage is missing.");
        }

        if (spec.AccessModes is not { Count: > 0 })
        {
            throw new ClusterException($"{what}: spec.accessModes is missing.");
        }

        var rest = (JsonObject)manifest.Body["spec"]!.DeepClone();
        rest.Remove("resources");
        rest.Remove("volumeAttributesClassName");
        return new ClaimSpec(manifest.Namespace, manifest.Name, size, rest);
    }

    /// <summary>Refuses what a claim cannot become.</summary>
    /// <exception cref="ClusterException">It would shrink, or something else than its size changes.</exception>
    public void RequireFrom(ClaimSpec before)
    {
        if (Size.ToDecimal() < before.Size.ToDecimal())
        {
            throw new ClusterException($"PersistentVolumeClaim {Name}: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity, which is {before.Size}, and {Size} is asked for.");
        }

        if (!JsonNode.DeepEquals(Rest, before.Rest))
        {
            throw new ClusterException($"PersistentVolumeClaim {Name}: spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims.");
        }
    }
}
