using System.Text.Json.Nodes;
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
        var spec = manifest.Body["spec"] as JsonObject ?? throw new ClusterException($"Service {manifest.Name} has no spec.");
        return new ServiceSpec(
            manifest.Namespace,
            manifest.Name,
            (string?)spec["clusterIP"] == "None",
            (bool?)spec["publishNotReadyAddresses"] ?? false,
            spec["selector"] is { } selector
                ? SpecJson.Read<Dictionary<string, string>>(selector, $"Service {manifest.Name}: spec.selector")
                : new Dictionary<string, string>());
    }
}
