using System.Collections.Immutable;
using Pulumi;

namespace Stacks.Systems;

/// <summary>Settings that may be left out, as inputs that may be left out. The SDK's own conversions take no null.</summary>
internal static class OptionalInput
{
    /// <summary>The text as an input; nothing for nothing.</summary>
    public static Input<string>? ToInput(this string? text) => text is null ? null : (Input<string>)text;

    /// <summary>The number as an input; nothing for nothing.</summary>
    public static Input<int>? ToInput(this int? number) => number is { } value ? (Input<int>)value : null;

    /// <summary>The section as an input; nothing for nothing.</summary>
    public static InputMap<string>? ToInput(this ImmutableDictionary<string, string>? section) => section is null ? null : (InputMap<string>)section;
}
