using Lab.Pods;
using Lab.State;

namespace Lab.Tests;

/// <summary>A pod that is what a test says.</summary>
internal sealed class FakePod(PodRecord record) : IPod
{
    public PodRecord Record { get; private set; } = record;

    public PodState State { get; set; } = new() { Namespace = record.Namespace, Name = record.Name, Uid = record.Uid, Set = record.Set, Job = record.Job, Ordinal = record.Ordinal };

    public bool IsGone { get; set; }

    public void Delete(TimeSpan grace)
    {
        Record = Record with { DeletedAt = DateTimeOffset.UnixEpoch };
        State = State with { Terminating = true };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public void End(bool succeeded, params string[] lines) => State = State with
    {
        Phase = succeeded ? "Succeeded" : "Failed",
        Containers = [new ContainerState { Name = "main", Status = "Terminated", Last = new Termination(succeeded ? 0 : 3, "", default, DateTimeOffset.UtcNow, lines) }],
    };

    public void Restart(int times, params string[] lines) => State = State with
    {
        Containers = [new ContainerState { Name = "main", Status = "Running", Restarts = times, Last = new Termination(4, "Error", default, default, lines) }],
    };
}
