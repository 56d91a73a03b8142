namespace Pulumi.Testing;

/// <summary>The stack around a program that is a function.</summary>
internal sealed class TestStack : Stack
{
    public TestStack(Func<Task<IDictionary<string, object?>>> program) => Outputs = program().GetAwaiter().GetResult();

    /// <summary>What the program returned, as it returned it.</summary>
    public IDictionary<string, object?> Outputs { get; }
}
