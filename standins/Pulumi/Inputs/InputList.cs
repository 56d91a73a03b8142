using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list of inputs that is itself an input, made for collection initializers.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IElements, IEnumerable, IAsyncEnumerable<Input<T>>
{
    private Output<ImmutableArray<Input<T>>> _elements;

    public InputList()
        : this(Output.Create(ImmutableArray<Input<T>>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<Input<T>>> elements)
        : base(Flatten(elements)) => _elements = elements;

    IOutput IElements.Elements => _elements;

    public static implicit operator InputList<T>(T value) => Of([value]);

    public static implicit operator InputList<T>(Output<T> value) => Of([value]);

    public static implicit operator InputList<T>(Input<T> value) => Of([value]);

    public static implicit operator InputList<T>(T[] values) => Of(values.Select(value => (Input<T>)value));

    public static implicit operator InputList<T>(Output<T>[] values) => Of(values.Select(value => (Input<T>)value));

    public static implicit operator InputList<T>(Input<T>[] values) => Of(values);

    public static implicit operator InputList<T>(List<T> values) => Of(values.Select(value => (Input<T>)value));

    public static implicit operator InputList<T>(List<Output<T>> values) => Of(values.Select(value => (Input<T>)value));

    public static implicit operator InputList<T>(List<Input<T>> values) => Of(values);

    public static implicit operator InputList<T>(ImmutableArray<T> values) => new(Output.Create(Wrap(values)));

    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) =>
        new(Output.Create(values.IsDefault ? default : values.Select(value => (Input<T>)value).ToImmutableArray()));

    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => new(Output.Create(values));

    public static implicit operator InputList<T>(Output<T[]> values) => values.Apply(items => items.ToImmutableArray());

    public static implicit operator InputList<T>(Output<List<T>> values) => values.Apply(items => items.ToImmutableArray());

    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => values.Apply(items => items.ToImmutableArray());

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values.Apply(Wrap));

    public void Add(params Input<T>[] inputs) => AddRange(inputs);

    /// <summary>For a collection initializer that puts a whole list into this one.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    public void AddRange(InputList<T> inputs)
    {
        _elements = Join(inputs);
        Current = Flatten(_elements);
    }

    public InputList<T> Concat(InputList<T> other) => new(Join(other));

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException(
            $"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var value in await Current.GetValueAsync(whenUnknown: []).ConfigureAwait(false))
        {
            yield return value;
        }
    }

    internal InputList<T> Clone() => new(_elements);

    private static InputList<T> Of(IEnumerable<Input<T>> values) => new(Output.Create(values.ToImmutableArray()));

    private static ImmutableArray<Input<T>> Wrap(ImmutableArray<T> values) =>
        values.IsDefault ? default : values.Select(value => (Input<T>)value).ToImmutableArray();

    private static Output<ImmutableArray<T>> Flatten(Output<ImmutableArray<Input<T>>> elements) =>
        elements.Apply(inputs => inputs.IsDefault ? Output.Create(default(ImmutableArray<T>)) : Output.All<T>(inputs));

    private Output<ImmutableArray<Input<T>>> Join(InputList<T> other) =>
        Output.Tuple(_elements, other._elements).Apply(both => both.Item1.AddRange(both.Item2));
}
