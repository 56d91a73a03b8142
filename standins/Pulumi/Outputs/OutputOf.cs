namespace Pulumi;

/// <summary>A value that will be there later, with the resources it comes from, and whether it is known and whether it is secret.</summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> data)
    {
        Data = data;
        // A deployment ends only when every output made in it has settled.
        Deployment.Current?.Runner.Track(data);
    }

    internal Output(OutputData<T> data)
        : this(Task.FromResult(data))
    {
    }

    internal Task<OutputData<T>> Data { get; }

    public static Output<T> Create(Task<T> value) => Create(value, isSecret: false);

    public Output<ValueTuple> Apply(Func<T, Task> func) => Apply(async value =>
    {
        await func(value).ConfigureAwait(false);
        return default(ValueTuple);
    });

    public Output<TResult> Apply<TResult>(Func<T, TResult> func) => Apply(value => Output.Create(func(value)));

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) => Apply(value => Output.Create(func(value)));

    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) => Apply(value => func(value).ToOutput());

    /// <summary>Calls <paramref name="func"/> with the value once it is there; never while it is unknown.</summary>
    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) => new(ApplyAsync(func));

    public Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>> func) => Apply(value => func(value));

    /// <summary>Warns and says what to do instead: the value may not be there yet.</summary>
    /// <exception cref="InvalidOperationException"><c>PULUMI_ERROR_OUTPUT_STRING</c> is 1 or true.</exception>
    public override string ToString()
    {
        const string advice =
            "An Output<T> has no text of its own: use Apply, or Output.Format($\"...{output}...\"), to make an Output<string> of it.";
        var setting = Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING");
        if (setting == "1" || string.Equals(setting, "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(advice);
        }

        Log.Warn(advice);
        return advice;
    }

    internal static Output<T> Create(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<T>(AwaitAsync());

        async Task<OutputData<T>> AwaitAsync() => OutputData<T>.Of(await value.ConfigureAwait(false), isSecret);
    }

    /// <summary>An output with this one's data changed by <paramref name="change"/>.</summary>
    internal Output<T> With(Func<OutputData<T>, OutputData<T>> change)
    {
        return new Output<T>(ChangeAsync());

        async Task<OutputData<T>> ChangeAsync() => change(await Data.ConfigureAwait(false));
    }

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await Data.ConfigureAwait(false);
        return data.IsKnown ? data.Value : whenUnknown;
    }

    async Task<OutputData<object?>> IOutput.GetDataAsync() => (await Data.ConfigureAwait(false)).Untyped();

    private async Task<OutputData<TResult>> ApplyAsync<TResult>(Func<T, Output<TResult>?> func)
    {
        var data = await Data.ConfigureAwait(false);
        if (!data.IsKnown)
        {
            return new OutputData<TResult>(data.Resources, default!, false, data.IsSecret);
        }

        return data.Then(func(data.Value) is { } result ? await result.Data.ConfigureAwait(false) : OutputData<TResult>.Of(default!));
    }
}
