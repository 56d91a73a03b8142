using k8s.Models;
using Lab.Manifests;

namespace Lab.Specs;

/// <summary>A Service.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Headless">Whether it has no address of its own, and gives each pod of its StatefulSet a record.</param>
/// <param name="PublishNotReady">Whether pods that are not ready are published too.</param>
/// <param name="Selector">The labels of the pods behind it.</param>
public sealed record ServiceSpec(
    string Namespace, string Name, bool Headless, bool PublishNotReady, IReadOnlyDictionary<string, string> Selector)
{
    /// <summary>Whether a pod with these labels in this namespace stands behind the Service.</summary>
    public bool Selects(string podNamespace, IReadOnlyDictionary<string, string> labels) =>
        Namespace == podNamespace && Selector.Count > 0
        && Selector.All(wanted => labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);

    /// <summary>Reads a Service.</summary>
    /// <exception cref="ClusterException">A field has a wrong shape.</exception>
    public static ServiceSpec Read(Manifest manifest)
    {
        var what = $"Service {manifest.Name}";
        var spec = SpecJson.Read<V1Service>(manifest.Body, what).Spec ?? throw new ClusterException($"{what} has no spec.");
        return new ServiceSpec(
            manifest.Namespace,
            manifest.Name,
            spec.ClusterIP == "None",
            spec.PublishNotReadyAddresses ?? false,
            (spec.Selector ?? new Dictionary<string, string>()).AsReadOnly());
    }
}
