using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Counts tasks that are under way, and gathers what goes wrong with them.</summary>
internal sealed class TaskMonitor
{
    private readonly Lock _lock = new();
    private readonly List<Exception> _errors = [];
    private int _underWay;
    private TaskCompletionSource<ImmutableArray<Exception>>? _waiting;

    public void Add(Task task)
    {
        lock (_lock)
        {
            _underWay++;
        }

        task.ContinueWith(Settle, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <summary>
    /// Waits until no task is under way, or until the first has failed. Several may fail of one and the same error: it counts once.
    /// </summary>
    public Task<ImmutableArray<Exception>> WaitAsync()
    {
        lock (_lock)
        {
            if (_errors.Count > 0 || _underWay == 0)
            {
                return Task.FromResult(TakeErrors());
            }

            _waiting ??= new TaskCompletionSource<ImmutableArray<Exception>>();
            return _waiting.Task;
        }
    }

    private void Settle(Task task)
    {
        lock (_lock)
        {
            _underWay--;
            if (task.Exception is { } error)
            {
                _errors.AddRange(error.InnerExceptions);
            }

            if (_waiting is { } waiting && (_errors.Count > 0 || _underWay == 0))
            {
                _waiting = null;
                waiting.SetResult(TakeErrors());
            }
        }
    }

    private ImmutableArray<Exception> TakeErrors()
    {
        ImmutableArray<Exception> errors = [.. _errors.Distinct()];
        _errors.Clear();
        return errors;
    }
}
