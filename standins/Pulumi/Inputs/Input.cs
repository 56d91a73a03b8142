namespace Pulumi;

/// <summary>What a resource or component takes: a value that is there, or the output of another resource.</summary>
public class Input<T> : IInput
{
    private protected Input(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Current = value;
    }

    private protected Output<T> Current { get; set; }

    public static implicit operator Input<T>(T value) => Output.Create(value);

    public static implicit operator Input<T>(Output<T> value) => new(value);

    public static implicit operator Output<T>(Input<T> input) => input.Current;

    IOutput IInput.ToOutput() => Current;
}
