namespace Stacks.Settings;

/// <summary>One thing that is wrong with the settings of a stack.</summary>
/// <param name="Key">Where: a path such as <c>mysql[0].replicas</c>.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
public sealed record Problem(string Key, string Sentence);
