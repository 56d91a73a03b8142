using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>What became of a registration.</summary>
/// <param name="Urn">The resource's URN.</param>
/// <param name="Id">Its id; empty if it has none yet.</param>
/// <param name="State">Its outputs as wire values.</param>
internal sealed record Registered(string Urn, string Id, ImmutableDictionary<string, object?> State);
