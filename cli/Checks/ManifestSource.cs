using Lab.Manifests;

namespace Cli.Checks;

/// <summary>An object and where it comes from.</summary>
/// <param name="Manifest">The object.</param>
/// <param name="File">The file, or what stands for one.</param>
/// <param name="Line">Where it begins in the file, from 1 on.</param>
internal sealed record ManifestSource(Manifest Manifest, string File, int Line);
