using Lab.State;

namespace Lab.Controllers;

/// <summary>The newest events of an instance, in order.</summary>
/// <param name="time">The clock.</param>
/// <param name="earlier">What an earlier controller saw.</param>
public sealed class EventLog(TimeProvider time, IReadOnlyList<ClusterEvent> earlier)
{
    private const int Kept = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<ClusterEvent> _events = new(earlier);
    private long _number = earlier.Count > 0 ? earlier[^1].Number : 0;

    /// <summary>The events, oldest first.</summary>
    public IReadOnlyList<ClusterEvent> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _events];
            }
        }
    }

    /// <summary>Adds one.</summary>
    public void Add(string @namespace, string name, string reason, string message)
    {
        lock (_gate)
        {
            _events.Enqueue(new ClusterEvent(++_number, time.GetUtcNow(), @namespace, name, reason, message));
            while (_events.Count > Kept)
            {
                _events.Dequeue();
            }
        }
    }
}
