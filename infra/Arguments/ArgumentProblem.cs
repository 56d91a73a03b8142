namespace Infra.Arguments;

/// <summary>One thing that is wrong with the arguments of a component.</summary>
/// <param name="Argument">Which argument, as a path of its properties and keys such as <c>Write.Annotations[example.com/owner]</c>.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
public sealed record ArgumentProblem(string Argument, string Sentence);
