namespace Cli.Meaning;

/// <summary>What follows from a change.</summary>
/// <param name="Tier">How grave it is.</param>
/// <param name="Says">It in a sentence; nothing where the tier says all.</param>
/// <param name="Safely">The safe way to do it; nothing where there is none, or the change is one already.</param>
internal sealed record Finding(Tier Tier, string? Says, string? Safely = null);
