namespace Pulumi;

/// <summary>Stands on the wire for a resource among the values.</summary>
internal sealed record ResourceReference(object? Urn);
