using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Arguments;

/// <summary>
/// Values of inputs that are there already: whatever was written as a plain value. An output of another resource is not, and nobody waits for it
/// here; what only looks at values that are there is the same in a preview and in an update.
/// </summary>
internal static class Known
{
    /// <summary>The value, where it is there.</summary>
    public static bool TryGet<T>(Input<T>? input, [MaybeNullWhen(false)] out T value)
    {
        if (input is not null)
        {
            var output = input.ToOutput();
            var isKnown = OutputUtilities.GetIsKnownAsync(output);
            var sources = OutputUtilities.GetDependenciesAsync(output);
            var isSecret = Output.IsSecretAsync(output);
            var content = OutputUtilities.GetValueAsync(output);
            // An engine that answers at once has given another resource's output its value, too; whether it does must change nothing. What is secret
            // is not looked at: a sentence on what is wrong with it would show it.
            if (isKnown is { IsCompletedSuccessfully: true, Result: true }
                && sources is { IsCompletedSuccessfully: true, Result.IsEmpty: true }
                && isSecret is { IsCompletedSuccessfully: true, Result: false }
                && content.IsCompletedSuccessfully)
            {
                value = content.Result;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The items of a list, where all of them are there; none otherwise.</summary>
    public static ImmutableArray<T> Items<T>(InputList<T>? list) => TryGet(list, out var items) && !items.IsDefault ? items : [];

    /// <summary>A text of each item of a list; nothing where one of them is not there.</summary>
    public static IReadOnlyList<string>? Texts<T>(InputList<T> list, Func<T, Input<string>?> text)
    {
        if (!TryGet(list, out var items))
        {
            return null;
        }

        var texts = new List<string>();
        foreach (var item in items.IsDefault ? [] : items)
        {
            if (item is null || !TryGet(text(item), out var found))
            {
                return null;
            }

            texts.Add(found);
        }

        return texts;
    }

    /// <summary>The entries of a map, where all of them are there; none otherwise.</summary>
    public static ImmutableDictionary<string, string> Entries(InputMap<string>? map) =>
        TryGet(map, out var entries) && entries is not null ? entries : ImmutableDictionary<string, string>.Empty;
}
