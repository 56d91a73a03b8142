using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A resource as a provider would see it.</summary>
public class MockResourceArgs
{
    public string? Type { get; set; }

    public string? Name { get; set; }

    /// <summary>The inputs by wire name: text, numbers (double), truth values, and immutable dictionaries and arrays of those.</summary>
    public ImmutableDictionary<string, object> Inputs { get; set; } = null!;

    public string? Provider { get; set; }

    public string? Id { get; set; }
}
