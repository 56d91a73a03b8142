using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Takes the values of several inputs, one after the other, and adds up what is known about them.</summary>
internal sealed class Gather
{
    private readonly ImmutableHashSet<Resource>.Builder _resources = ImmutableHashSet.CreateBuilder<Resource>();
    private bool _isKnown = true;
    private bool _isSecret;

    private Gather()
    {
    }

    public static Output<T> Into<T>(Func<Gather, Task<T>> take)
    {
        return new Output<T>(RunAsync());

        async Task<OutputData<T>> RunAsync()
        {
            var gather = new Gather();
            var value = await take(gather).ConfigureAwait(false);
            return new OutputData<T>(gather._resources.ToImmutable(), value, gather._isKnown, gather._isSecret);
        }
    }

    public async Task<T> TakeAsync<T>(Input<T> input)
    {
        var data = await ((Output<T>)input).Data.ConfigureAwait(false);
        _resources.UnionWith(data.Resources);
        _isKnown &= data.IsKnown;
        _isSecret |= data.IsSecret;
        return data.Value;
    }
}
