using System.Collections.Immutable;

namespace Pulumi.Testing;

/// <summary>A resource that is ready to be registered.</summary>
/// <param name="Inputs">Its inputs as wire values.</param>
/// <param name="ParentUrn">Empty for the stack itself.</param>
/// <param name="Provider">Empty for the default one.</param>
/// <param name="Id">The id of an existing resource to read; empty to make a new one.</param>
/// <param name="ImportId">The id of an existing resource to take over; empty for none.</param>
internal sealed record RegistrationRequest(
    ImmutableDictionary<string, object?> Inputs, string ParentUrn, string Provider, string Id, string ImportId);
