namespace Lab.Probes;

/// <summary>What one check found.</summary>
/// <param name="Success">Whether it succeeded.</param>
/// <param name="Output">What it said; for people.</param>
public sealed record ProbeResult(bool Success, string Output);
