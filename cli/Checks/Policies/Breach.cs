using Lab.Manifests;

namespace Cli.Checks.Policies;

/// <summary>A place in an object that breaks a policy.</summary>
/// <param name="Manifest">The object.</param>
/// <param name="Path">Where in it, such as <c>spec.template.spec.containers[nginx].image</c>.</param>
/// <param name="Sentence">What is wrong there.</param>
internal sealed record Breach(Manifest Manifest, string Path, string Sentence);
