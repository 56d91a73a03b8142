using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output holds once it is resolved.</summary>
/// <param name="Resources">The resources the value came from.</param>
/// <param name="Value">The value; the default one while it is unknown.</param>
/// <param name="IsKnown">False for a value that only a real update would produce.</param>
/// <param name="IsSecret">True when the value, or one it was made from, is a secret.</param>
internal sealed record OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public static OutputData<T> Of(T value, bool isSecret = false) => new([], value, true, isSecret);

    public static OutputData<T> Unknown(T value) => new([], value, false, false);

    public OutputData<object?> Untyped() => new(Resources, Value, IsKnown, IsSecret);

    /// <summary>The data of <paramref name="result"/>, which was made from this: what holds for either holds for it.</summary>
    public OutputData<TResult> Then<TResult>(OutputData<TResult> result) =>
        new(Resources.Union(result.Resources), result.Value, IsKnown && result.IsKnown, IsSecret || result.IsSecret);
}
