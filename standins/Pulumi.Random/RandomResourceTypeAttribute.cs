namespace Pulumi.Random;

/// <summary>Marks a resource class of this provider with its type token.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RandomResourceTypeAttribute(string type) : ResourceTypeAttribute(type, Package.Version);
