namespace Standins.Generator;

/// <summary>A group of types.</summary>
/// <param name="Name">Its namespace below Pulumi.Kubernetes, or the package for types of another provider.</param>
/// <param name="Version">The apiVersion of its kinds, or the provider's version.</param>
internal sealed record Group(string Name, string Version)
{
    /// <summary>The group and version as a type token has them.</summary>
    public string Token => Version.Contains('/', StringComparison.Ordinal) ? Version : "core/" + Version;
}
