using Pulumi;

namespace Cli.Evaluation;

/// <summary>
/// One run of a program as a stack that tells an observer of every resource made in it. The SDK makes the stack itself, within the deployment, and asks
/// for it here.
/// </summary>
internal sealed class RecordedRun(ResourceTransformation observer, Func<IDictionary<string, object?>> program) : IServiceProvider
{
    private ProgramStack? stack;

    /// <summary>What the program returned, once it has run.</summary>
    public IDictionary<string, object?> Outputs => stack?.Result ?? new Dictionary<string, object?>();

    /// <inheritdoc/>
    public object? GetService(Type serviceType) => serviceType == typeof(ProgramStack) ? stack = new ProgramStack(observer, program) : null;

    /// <summary>The stack around the program.</summary>
    internal sealed class ProgramStack : Stack
    {
        // In the body: what the program makes has to find its stack, which the base has made by then.
        public ProgramStack(ResourceTransformation observer, Func<IDictionary<string, object?>> program)
            : base(new StackOptions { ResourceTransformations = { observer } })
        {
            Result = program();
            RegisterOutputs(Result);
        }

        /// <summary>What the program returned.</summary>
        public IDictionary<string, object?> Result { get; }
    }
}
