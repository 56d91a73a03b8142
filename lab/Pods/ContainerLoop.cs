using k8s.Models;
using Lab.Probes;
using Lab.Specs;
using Lab.State;

namespace Lab.Pods;

/// <summary>One container of a pod over all its runs: started, probed, started again.</summary>
internal sealed class ContainerLoop
{
    private const int LinesKept = 20;

    /// <summary>How often the same container's failing checks are worth an event, where each says something else.</summary>
    private static readonly TimeSpan UnhealthyPeriod = TimeSpan.FromSeconds(10);

    private readonly PodRecord _pod;
    private readonly V1Container _container;
    private readonly bool _init;
    private readonly PodContext _context;
    private readonly RestartBackoff _backoff = new();
    private int _attempt;
    private string _unhealthy = "";
    private DateTimeOffset _unhealthySince;

    public ContainerLoop(PodRecord pod, V1Container container, bool init, PodContext context, ContainerState? earlier)
    {
        (_pod, _container, _init, _context) = (pod, container, init, context);
        _attempt = earlier?.Restarts ?? 0;
        State = earlier ?? new ContainerState { Name = container.Name, Init = init, Image = container.Image, Reason = "PodInitializing", Since = Now };
    }

    public ContainerState State { get; private set; }

    /// <summary>The run there is now; null between runs.</summary>
    public ContainerRun? Current { get; private set; }

    private DateTimeOffset Now => _context.Time.GetUtcNow();

    private string Policy => _pod.Template.Spec.RestartPolicy;

    /// <summary>Forgets an earlier run, where nothing is left of it.</summary>
    public void Reset()
    {
        _attempt = State.Log.Length > 0 ? State.Restarts + 1 : 0;
        Current = null;
        Change(State with { Status = "Waiting", Reason = "PodInitializing", Message = "", Since = Now, Started = false, Ready = false, Id = "", Pid = 0 });
    }

    /// <summary>Runs until there is nothing to start again: an init container until it has succeeded, another one as the pod's restart policy says.</summary>
    /// <returns>Whether its last run succeeded.</returns>
    public async Task<bool> RunAsync(Sandbox sandbox, ContainerRun? adopted, CancellationToken cancel)
    {
        for (var run = adopted; ; run = null)
        {
            cancel.ThrowIfCancellationRequested();
            run ??= await StartAsync(sandbox, cancel).ConfigureAwait(false);
            Current = run;
            _attempt = run.Attempt;
            var end = await LiveAsync(sandbox, run, adopted == run, cancel).ConfigureAwait(false);
            Current = null;
            var done = end.ExitCode == 0 && (_init || Policy != PodDefaults.Always);
            Ended(run, end, done);
            if (done || Policy == PodDefaults.Never)
            {
                return done;
            }

            _attempt = run.Attempt + 1;
            await BackOffAsync(_backoff.After(Now - run.StartedAt), cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Asks the container to end, waits, and ends it.</summary>
    public async Task StopAsync(Sandbox sandbox, ContainerRun run, Func<TimeSpan> graceLeft)
    {
        using var ended = new CancellationTokenSource();
        var gone = _context.Runtime.WaitAsync(run, ended.Token);
        if (_container.Lifecycle?.PreStop is { } before && graceLeft() > TimeSpan.Zero)
        {
            var limited = before.AsProbe(Math.Max(1, (int)graceLeft().TotalSeconds));
            await _context.Runtime.ProbeAsync(sandbox, run, _container, limited, CancellationToken.None).ConfigureAwait(false);
        }

        if (graceLeft() > TimeSpan.Zero)
        {
            await _context.Runtime.StopAsync(run, kill: false).ConfigureAwait(false);
        }

        // In small steps, because a second request may shorten the grace period.
        while (!gone.IsCompleted && graceLeft() is var left && left > TimeSpan.Zero)
        {
            var step = left < TimeSpan.FromMilliseconds(200) ? left : TimeSpan.FromMilliseconds(200);
            await Task.WhenAny(gone, Task.Delay(step, _context.Time)).ConfigureAwait(false);
        }

        if (!gone.IsCompleted)
        {
            _context.Event("Killed", $"Container {_container.Name} did not end within its grace period and was killed");
            await _context.Runtime.StopAsync(run, kill: true).ConfigureAwait(false);
        }

        await gone.ConfigureAwait(false);
    }

    private async Task<ContainerRun> StartAsync(Sandbox sandbox, CancellationToken cancel)
    {
        for (var failed = ""; ;)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return await _context.Runtime.StartContainerAsync(_pod, sandbox, _container, _init, _attempt).ConfigureAwait(false);
            }
            catch (ContainerStartException failure)
            {
                if (failed != failure.Message)
                {
                    failed = failure.Message;
                    _context.Event(failure.Reason, $"Container {_container.Name}: {failure.Message}");
                }

                Change(State with { Status = "Waiting", Reason = failure.Reason, Message = failure.Message, Since = State.Reason == failure.Reason ? State.Since : Now, Id = "", Pid = 0 });
                var wait = _backoff.After(TimeSpan.Zero);
                await Task.Delay(wait == TimeSpan.Zero ? TimeSpan.FromSeconds(1) : wait, _context.Time, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task<RunEnd> LiveAsync(Sandbox sandbox, ContainerRun run, bool adopted, CancellationToken cancel)
    {
        var known = adopted && State.Id == run.Id;
        Change(State with
        {
            Status = "Running",
            Reason = "",
            Message = known ? State.Message : "",
            Since = run.StartedAt,
            Started = known && State.Started,
            Ready = known && State.Ready,
            Restarts = run.Attempt,
            Id = run.Id,
            Pid = run.Pid,
            PreviousLog = State.Log == run.Log ? State.PreviousLog : State.Log,
            Log = run.Log,
        });
        if (!adopted)
        {
            _context.Event(run.Attempt == 0 ? "Started" : "Restarted", $"Container {_container.Name} started{(run.Attempt == 0 ? "" : $" again, restart {run.Attempt}")}");
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var ended = _context.Runtime.WaitAsync(run, cancel);
        var failing = _init ? Task.Delay(Timeout.InfiniteTimeSpan, either.Token) : SuperviseAsync(sandbox, run, known && State.Started, either.Token);
        try
        {
            if (await Task.WhenAny(ended, failing).ConfigureAwait(false) == failing && failing is Task<string> { IsCompletedSuccessfully: true } unhealthy)
            {
                _context.Event("Killed", await unhealthy.ConfigureAwait(false));
                Change(State with { Ready = false, Message = await unhealthy.ConfigureAwait(false) });
                var until = Now + _pod.Grace;
                await StopAsync(sandbox, run, () => until - Now).ConfigureAwait(false);
            }

            return await ended.ConfigureAwait(false);
        }
        finally
        {
            await either.CancelAsync().ConfigureAwait(false);
            await ((Task)failing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<string> SuperviseAsync(Sandbox sandbox, ContainerRun run, bool started, CancellationToken cancel)
    {
        if (_container.Lifecycle?.PostStart is { } after && !started)
        {
            var hook = await _context.Runtime.ProbeAsync(sandbox, run, _container, after.AsProbe(int.MaxValue / 1000), cancel).ConfigureAwait(false);
            if (!hook.Success)
            {
                return $"Container {_container.Name} failed its postStart hook: {hook.Output}";
            }
        }

        var probes = new ContainerProbes(_container, (probe, stop) => _context.Runtime.ProbeAsync(sandbox, run, _container, probe, stop), _context.Time)
        {
            OnStarted = () => Change(State with { Started = true }),
            OnReadiness = SetReady,
            OnUnhealthy = SetUnhealthy,
        };
        return await probes.RunAsync(run.StartedAt, started, cancel).ConfigureAwait(false);
    }

    private void SetReady(bool ready, string output)
    {
        _unhealthy = ready ? "" : _unhealthy;
        if (State.Ready != ready)
        {
            Change(State with { Ready = ready, Message = ready ? "" : $"Readiness probe failed: {output}" });
        }
    }

    private void SetUnhealthy(string kind, string output)
    {
        var message = $"{kind} probe failed: {output}";
        if (_unhealthy != message && (_unhealthy.Length == 0 || Now - _unhealthySince > UnhealthyPeriod))
        {
            _unhealthy = message;
            _unhealthySince = Now;
            _context.Event("Unhealthy", $"Container {_container.Name}: {message}");
        }

        // Until it has started, that is what a startup probe says each time; the event above keeps it.
        if (State is { Ready: false, Started: true })
        {
            Change(State with { Message = message });
        }
    }

    private void Ended(ContainerRun run, RunEnd end, bool done)
    {
        var reason = end.OutOfMemory ? "OOMKilled" : end.ExitCode == 0 ? "Completed" : "Error";
        var last = new Termination(end.ExitCode, reason, run.StartedAt, Now, ContainerLog.Tail(run.Log, LinesKept));
        Change(State with { Status = "Terminated", Reason = reason, Message = done ? "" : Sentence(last), Since = Now, Started = done, Ready = done && _init, Id = "", Pid = 0, Last = last });
        _context.Event(done ? "Completed" : "Ended", $"Container {_container.Name} ended with exit code {end.ExitCode}{(end.OutOfMemory ? ": it needed more memory than its limit" : "")}");
    }

    private async Task BackOffAsync(TimeSpan wait, CancellationToken cancel)
    {
        if (wait > TimeSpan.Zero)
        {
            Change(State with { Status = "Waiting", Reason = "CrashLoopBackOff", Message = $"{Sentence(State.Last!)}; next start in {wait.TotalSeconds:0} s", Since = Now });
            await Task.Delay(wait, _context.Time, cancel).ConfigureAwait(false);
        }
    }

    private string Sentence(Termination last) =>
        $"Container {_container.Name} ended with exit code {last.ExitCode}{(last.LastLines.Count > 0 ? $": {last.LastLines[^1]}" : "")}";

    private void Change(ContainerState state)
    {
        if (State != state)
        {
            State = state;
            _context.Changed();
        }
    }
}
