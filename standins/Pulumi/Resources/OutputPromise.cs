namespace Pulumi;

/// <summary>The side of an output that gives it its value.</summary>
internal abstract class OutputPromise
{
    public abstract Type ValueType { get; }

    public abstract void Set(object? value, bool isKnown, bool isSecret = false);

    /// <summary>Resolves the output to its default value unless it has one.</summary>
    public abstract void TrySetDefault(bool isKnown);

    public abstract void TryFail(Exception exception);
}
