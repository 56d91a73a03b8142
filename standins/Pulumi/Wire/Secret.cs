namespace Pulumi;

/// <summary>Stands on the wire for a secret value.</summary>
internal sealed record Secret(object? Value);
