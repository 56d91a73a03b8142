using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi;

/// <summary>Runs a program until nothing it began is left, or until the first thing goes wrong.</summary>
internal sealed class Runner
{
    /// <summary>The exit code that tells Pulumi that the errors have been reported already.</summary>
    private const int ErrorsReported = 32;

    private readonly TaskMonitor _tasks = new();
    private readonly List<string> _errors = [];

    public ImmutableArray<string> Errors
    {
        get
        {
            lock (_errors)
            {
                return [.. _errors];
            }
        }
    }

    public void Track(Task task) => _tasks.Add(task);

    public void Report(string message)
    {
        lock (_errors)
        {
            _errors.Add(message);
        }
    }

    public async Task RunAsync(Func<Stack> makeStack)
    {
        try
        {
            var stack = makeStack();
            stack.RegisterDeclared();
            Track(stack.Declared.Data);
        }
        catch (Exception error)
        {
            Report([error]);
            return;
        }

        Report(await _tasks.WaitAsync().ConfigureAwait(false));
    }

    private void Report(ImmutableArray<Exception> errors)
    {
        foreach (var error in errors)
        {
            Report(Describe(error));
            Environment.ExitCode = ErrorsReported;
        }
    }

    private static string Describe(Exception error) => error switch
    {
        RunException => error.Message,
        ResourceException { HideStack: true } => error.Message,
        ResourceException => error.ToString(),
        _ => $"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{error}",
    };
}
