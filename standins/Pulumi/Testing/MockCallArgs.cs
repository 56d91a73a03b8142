using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A call of a provider's function.</summary>
public class MockCallArgs
{
    public string? Token { get; set; }

    public ImmutableDictionary<string, object> Args { get; set; } = null!;

    public string? Provider { get; set; }
}
