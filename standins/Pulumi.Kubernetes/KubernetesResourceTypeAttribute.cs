namespace Pulumi.Kubernetes;

/// <summary>Marks a resource class of this provider with its type token.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class KubernetesResourceTypeAttribute(string type) : ResourceTypeAttribute(type, Package.Version);
