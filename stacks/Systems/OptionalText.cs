using Pulumi;

namespace Stacks.Systems;

/// <summary>Settings that may be left out, as inputs that may be left out. The SDK's own conversion takes no null.</summary>
internal static class OptionalText
{
    /// <summary>The text as an input; nothing for nothing.</summary>
    public static Input<string>? ToInput(this string? text) => text is null ? null : (Input<string>)text;
}
