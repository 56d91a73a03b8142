using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Stands on the wire for a secret value.</summary>
internal sealed record Secret(object? Value)
{
    /// <summary>The same within a JSON text, as Pulumi writes it: an object with a mark that says what it is.</summary>
    public static ImmutableDictionary<string, object?> Marked(object? value) => ImmutableDictionary<string, object?>.Empty
        .Add("4dabf18193072939515e22adb298388d", "1b47061264138c4ac30d75fd1eb44270")
        .Add("value", value);
}
