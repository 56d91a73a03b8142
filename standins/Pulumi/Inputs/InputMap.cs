using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map from text to inputs that is itself an input, made for collection initializers.</summary>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IElements, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    private Output<ImmutableDictionary<string, Input<TValue>>> _elements;

    public InputMap()
        : this(Output.Create(ImmutableDictionary<string, Input<TValue>>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, Input<TValue>>> elements)
        : base(Flatten(elements)) => _elements = elements;

    IOutput IElements.Elements => _elements;

    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) =>
        Output.Create(values.ToImmutableDictionary());

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Output.Create(values);

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) =>
        values.Apply(items => items.ToImmutableDictionary());

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) =>
        values.Apply(items => items.ToImmutableDictionary());

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) =>
        new(values.Apply(items => items?.ToImmutableDictionary(item => item.Key, item => (Input<TValue>)item.Value)!));

    /// <summary>The two maps as one; where both have a key, the value of <paramref name="second"/> counts.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second) =>
        new(Output.Tuple(first._elements, second._elements).Apply(both => both.Item1.SetItems(both.Item2)));

    /// <summary>Adds a value. One already there under the key must be equal to it, or reading that value fails.</summary>
    public void Add(string key, Input<TValue> value) =>
        Replace(_elements.Apply(items => items.SetItem(key, items.TryGetValue(key, out var before) ? Same(key, before, value) : value)));

    /// <summary>For a collection initializer that puts a whole map into this one.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    public void AddRange(InputMap<TValue> values) =>
        Replace(Output.Tuple(_elements, values._elements).Apply(both => both.Item1.AddRange(both.Item2)));

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException(
            $"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var item in await Current.GetValueAsync(whenUnknown: ImmutableDictionary<string, TValue>.Empty).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    private static Input<TValue> Same(string key, Input<TValue> before, Input<TValue> value) =>
        Output.Tuple(before, value).Apply(both => EqualityComparer<TValue>.Default.Equals(both.Item1, both.Item2)
            ? both.Item1
            : throw new ArgumentException($"Key '{key}' already exists in the map with a different value."));

    private static Output<ImmutableDictionary<string, TValue>> Flatten(Output<ImmutableDictionary<string, Input<TValue>>> elements) =>
        elements.Apply(items => items is null
            ? Output.Create(default(ImmutableDictionary<string, TValue>)!)
            : Output.All(items.Select(item => item.Value.Apply(value => KeyValuePair.Create(item.Key, value))))
                .Apply(pairs => pairs.ToImmutableDictionary()));

    private void Replace(Output<ImmutableDictionary<string, Input<TValue>>> elements)
    {
        _elements = elements;
        Current = Flatten(elements);
    }
}
