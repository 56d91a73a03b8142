namespace Pulumi;

/// <summary>An output whose value is given later, by another output.</summary>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<Output<T>> _source = new();

    public DeferredOutput() => Output = new Output<T>(FollowAsync());

    public Output<T> Output { get; }

    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public void Resolve(Output<T> output)
    {
        if (!_source.TrySetResult(output))
        {
            throw new InvalidOperationException("DeferredOutput can only be resolved once.");
        }
    }

    private async Task<OutputData<T>> FollowAsync() => await (await _source.Task.ConfigureAwait(false)).Data.ConfigureAwait(false);
}
