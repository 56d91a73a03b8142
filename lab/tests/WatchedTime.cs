using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace Lab.Tests;

/// <summary>A clock that only moves when a test says so, and that tells which waits have begun.</summary>
internal sealed class WatchedTime : FakeTimeProvider
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.1);

    /// <summary>
    /// How long each wait is that has begun, in order. The library does not tell; but a test that moves the clock before
    /// the code on the other thread has begun to wait would wait for ever.
    /// </summary>
    public ConcurrentQueue<double> Waits { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Waits.Enqueue(dueTime.TotalSeconds);
        return timer;
    }

    /// <summary>Moves the clock in steps: the library sets it to the end before the first timer fires, which would then see a wrong time.</summary>
    public void Advance(double seconds)
    {
        var until = GetUtcNow() + TimeSpan.FromSeconds(seconds);
        // Under xunit's own context, what waits for a timer would go on later, on another thread.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        while (until - GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            Advance(left < Step ? left : Step);
        }

        SynchronizationContext.SetSynchronizationContext(context);
    }
}
