namespace Pulumi.Random;

/// <summary>The provider's package.</summary>
internal static class Package
{
    /// <summary>The version of the official package that this stands in for.</summary>
    public const string Version = "4.21.1";
}
