using Lab.State;

namespace Lab.Pods;

/// <summary>Sums up a pod's containers as Kubernetes does.</summary>
public static class PodStatus
{
    /// <summary>The pod's state from its containers'.</summary>
    /// <param name="before">The state to change.</param>
    /// <param name="containers">Its containers now, init containers first.</param>
    /// <param name="deleted">Whether its deletion was asked for.</param>
    /// <param name="now">The time.</param>
    /// <param name="outcome">How it ended; null for one that has not.</param>
    public static PodState Of(PodState before, IReadOnlyList<ContainerState> containers, bool deleted, DateTimeOffset now, string? outcome = null)
    {
        var inits = containers.Where(container => container.Init).ToList();
        var mains = containers.Where(container => !container.Init).ToList();
        var initsDone = inits.Count(container => container is { Ready: true });
        var running = initsDone == inits.Count && mains.All(container => container.Status != "Waiting" || container.Restarts > 0 || container.Last is not null);
        var ready = running && !deleted && outcome is null && mains.All(container => container.Ready);
        var failed = containers.FirstOrDefault(container => container.Last is { ExitCode: not 0 } && container.Status == "Terminated");
        var reason = deleted ? "Terminating"
            : outcome is not null ? (outcome == "Succeeded" ? "Completed" : failed?.Reason ?? "Error")
            : initsDone < inits.Count ? InitReason(inits, initsDone)
            : mains.Select(OwnReason).FirstOrDefault(own => own.Length > 0) ?? "Running";
        var blocking = outcome is not null ? failed : initsDone < inits.Count ? inits[initsDone] : mains.FirstOrDefault(container => !container.Ready);
        return before with
        {
            Containers = containers,
            Phase = outcome ?? (running ? "Running" : "Pending"),
            Reason = reason,
            Since = reason == before.Reason ? before.Since : now,
            Ready = ready,
            ReadySince = ready ? (before.Ready ? before.ReadySince : now) : before.ReadySince,
            Message = ready ? "" : MessageOf(blocking),
            Terminating = deleted,
        };
    }

    private static string InitReason(List<ContainerState> inits, int done) =>
        OwnReason(inits[done]) is { Length: > 0 } own and not "PodInitializing" ? $"Init:{own}" : $"Init:{done}/{inits.Count}";

    private static string OwnReason(ContainerState container) => container.Status == "Running" ? "" : container.Reason;

    private static string MessageOf(ContainerState? container) => container switch
    {
        null => "",
        { Message.Length: > 0 } => container.Message,
        { Status: "Running", Init: true } => $"Init container {container.Name} runs",
        { Status: "Running", Started: false } => $"Container {container.Name} is starting",
        { Status: "Running" } => $"Container {container.Name} is not ready yet",
        _ => $"Container {container.Name} waits",
    };
}
