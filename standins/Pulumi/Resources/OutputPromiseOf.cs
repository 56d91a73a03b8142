namespace Pulumi;

/// <summary>The side of an output of a resource that gives it its value.</summary>
internal sealed class OutputPromise<T> : OutputPromise
{
    private readonly Resource _resource;
    private readonly TaskCompletionSource<OutputData<T>> _source = new();

    public OutputPromise(Resource resource)
    {
        _resource = resource;
        Output = new Output<T>(_source.Task);
    }

    public override Type ValueType => typeof(T);

    public Output<T> Output { get; }

    public override void Set(object? value, bool isKnown, bool isSecret = false) =>
        _source.SetResult(new OutputData<T>([_resource], value is null ? default! : (T)value, isKnown, isSecret));

    public override void TrySetDefault(bool isKnown) =>
        _source.TrySetResult(new OutputData<T>([_resource], default!, isKnown, false));

    public override void TryFail(Exception exception) => _source.TrySetException(exception);
}
