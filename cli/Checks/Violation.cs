namespace Cli.Checks;

/// <summary>An invariant that a stack's objects break.</summary>
/// <param name="Subject">The object, as <c>Kind/name</c>.</param>
/// <param name="Sentence">What is broken and what would be right.</param>
public sealed record Violation(string Subject, string Sentence);
