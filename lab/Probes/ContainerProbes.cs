using k8s.Models;

namespace Lab.Probes;

/// <summary>The probes of one run of a container.</summary>
/// <param name="container">Whose probes.</param>
/// <param name="check">Does one check.</param>
/// <param name="time">The clock.</param>
public sealed class ContainerProbes(V1Container container, Func<V1Probe, CancellationToken, Task<ProbeResult>> check, TimeProvider time)
{
    /// <summary>Called when the container counts as started.</summary>
    public Action OnStarted { get; init; } = () => { };

    /// <summary>Called with each verdict about readiness, and with what the check said.</summary>
    public Action<bool, string> OnReadiness { get; init; } = (_, _) => { };

    /// <summary>Called when a check failed, with the probe's kind and what the check said.</summary>
    public Action<string, string> OnUnhealthy { get; init; } = (_, _) => { };

    /// <summary>Runs the probes until the container has to be restarted, and says why; otherwise until cancelled.</summary>
    /// <param name="startedAt">When the container started.</param>
    /// <param name="alreadyStarted">Whether the startup probe has succeeded before (an adopted container).</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<string> RunAsync(DateTimeOffset startedAt, bool alreadyStarted, CancellationToken cancel)
    {
        if (container.StartupProbe is { } startup && !alreadyStarted
            && await UntilAsync("Startup", startup, startedAt, verdict => true, cancel).ConfigureAwait(false) is (false, var why))
        {
            return $"Container {container.Name} failed startup probe: {why}";
        }

        OnStarted();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var readiness = ReadinessAsync(startedAt, both.Token);
        try
        {
            return await LivenessAsync(startedAt, both.Token).ConfigureAwait(false);
        }
        finally
        {
            await both.CancelAsync().ConfigureAwait(false);
            await readiness.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReadinessAsync(DateTimeOffset startedAt, CancellationToken cancel)
    {
        if (container.ReadinessProbe is { } readiness)
        {
            await UntilAsync("Readiness", readiness, startedAt, _ => false, cancel, OnReadiness).ConfigureAwait(false);
        }
        else
        {
            OnReadiness(true, "");
        }
    }

    private async Task<string> LivenessAsync(DateTimeOffset startedAt, CancellationToken cancel)
    {
        if (container.LivenessProbe is not { } liveness)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancel).ConfigureAwait(false);
            return "";
        }

        var (_, why) = await UntilAsync("Liveness", liveness, startedAt, verdict => !verdict, cancel).ConfigureAwait(false);
        return $"Container {container.Name} failed liveness probe, will be restarted: {why}";
    }

    // One check at a time: a slow one delays the next instead of piling up.
    private async Task<(bool Verdict, string Output)> UntilAsync(
        string kind, V1Probe probe, DateTimeOffset startedAt, Func<bool, bool> final, CancellationToken cancel, Action<bool, string>? onVerdict = null)
    {
        var tracker = new ProbeTracker(probe);
        var next = startedAt + TimeSpan.FromSeconds(probe.InitialDelaySeconds!.Value);
        while (true)
        {
            var now = time.GetUtcNow();
            if (next > now)
            {
                await Task.Delay(next - now, time, cancel).ConfigureAwait(false);
            }

            next = Later(next, time.GetUtcNow()) + TimeSpan.FromSeconds(probe.PeriodSeconds!.Value);
            var result = await check(probe, cancel).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            if (!result.Success)
            {
                OnUnhealthy(kind, result.Output);
            }

            if (tracker.Record(result.Success) is not { } verdict)
            {
                continue;
            }

            onVerdict?.Invoke(verdict, result.Output);
            if (final(verdict))
            {
                return (verdict, result.Output);
            }
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
