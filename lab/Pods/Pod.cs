using k8s.Models;
using Lab.Specs;
using Lab.State;

namespace Lab.Pods;

/// <summary>A pod's life, as the kubelet leads it: network, init containers in order, containers, and in the end their orderly stop.</summary>
public sealed class Pod : IPod
{
    private readonly Lock _gate = new();
    private readonly PodContext _context;
    private readonly LabFolder _folder;
    private readonly CancellationTokenSource _release = new();
    private readonly CancellationTokenSource _delete = new();
    private readonly List<ContainerLoop> _loops;
    private readonly Task _life;
    private PodState _state;
    private Sandbox? _sandbox;

    /// <summary>Brings a pod to life.</summary>
    /// <param name="record">What it is to be; already saved.</param>
    /// <param name="folder">The instance's folder.</param>
    /// <param name="context">What it needs from outside.</param>
    /// <param name="earlier">What an earlier controller knew of it; null for a new pod.</param>
    public Pod(PodRecord record, LabFolder folder, PodContext context, PodState? earlier = null)
    {
        Record = record;
        _folder = folder;
        _context = context with { Changed = Changed };
        Notify = context.Changed;
        _state = new PodState
        {
            Namespace = record.Namespace,
            Name = record.Name,
            Uid = record.Uid,
            Set = record.Set,
            Job = record.Job,
            Ordinal = record.Ordinal,
            Labels = record.Labels,
            Revision = record.Revision,
            Service = record.Service,
            Claims = [.. record.Claims.Values],
            CreatedAt = record.CreatedAt,
            Since = earlier?.Since ?? record.CreatedAt,
            Reason = earlier?.Reason ?? "ContainerCreating",
            Phase = record.Outcome ?? earlier?.Phase ?? "Pending",
            Message = earlier?.Message ?? "",
            Address = earlier?.Address ?? "",
            Containers = earlier?.Containers ?? [],
            Ready = earlier?.Ready ?? false,
            ReadySince = earlier?.ReadySince,
        };
        _loops = [.. Loops(record.Template.Spec.InitContainers, init: true), .. Loops(record.Template.Spec.Containers, init: false)];
        if (record.DeletedAt is not null)
        {
            _delete.Cancel();
        }

        _life = Task.Run(() => LiveAsync(earlier is not null));

        IEnumerable<ContainerLoop> Loops(IEnumerable<V1Container> containers, bool init) => containers.Select(container =>
            new ContainerLoop(record, container, init, _context, earlier?.Containers.FirstOrDefault(one => one.Name == container.Name)));
    }

    /// <inheritdoc/>
    public PodRecord Record { get; private set; }

    /// <inheritdoc/>
    public PodState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <inheritdoc/>
    public bool IsGone { get; private set; }

    private Action Notify { get; }

    private IReadOnlyList<ContainerLoop> Inits => [.. _loops.Take(Record.Template.Spec.InitContainers.Count)];

    private IReadOnlyList<ContainerLoop> Mains => [.. _loops.Skip(Record.Template.Spec.InitContainers.Count)];

    /// <inheritdoc/>
    public void Delete(TimeSpan grace)
    {
        lock (_gate)
        {
            var now = _context.Time.GetUtcNow();
            if (Record.DeletedAt is { } at && at.AddSeconds(Record.GraceSeconds) <= now + grace)
            {
                return;
            }

            Record = Record with { DeletedAt = now, GraceSeconds = grace.TotalSeconds };
            Record.Save(_folder);
        }

        _context.Event("Deleting", grace > TimeSpan.Zero ? $"Deletion asked for, with {grace.TotalSeconds:0} s to end in order" : "Deletion asked for, at once");
        _delete.Cancel();
        Changed();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _release.CancelAsync().ConfigureAwait(false);
        await _life.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _release.Dispose();
        _delete.Dispose();
    }

    private async Task LiveAsync(bool adopt)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_release.Token, _delete.Token);
        AdoptedPod? adopted = null;
        for (var known = adopt; !_release.IsCancellationRequested;)
        {
            try
            {
                if (Record.Outcome is null)
                {
                    adopted = known ? await _context.Runtime.AdoptAsync(Record).ConfigureAwait(false) : null;
                    known = false;
                    _sandbox = adopted?.Sandbox;
                    either.Token.ThrowIfCancellationRequested();
                    if (await RunAsync(adopted, either.Token).ConfigureAwait(false) is not { } succeeded)
                    {
                        continue;
                    }

                    Finish(succeeded);
                }

                // Its volumes and logs stay until it is deleted.
                (adopted, _sandbox) = (null, null);
                await _context.Runtime.RemoveAsync(Record, volumes: false).ConfigureAwait(false);
                await Task.Delay(Timeout.InfiniteTimeSpan, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                break;
            }
            catch (Exception unexpected) when (unexpected is not OutOfMemoryException)
            {
                // Whatever could not be done a moment ago: look at what runs, and go on from there.
                _context.Event("Failed", unexpected is ClusterException ? unexpected.Message : unexpected.ToString());
                known = true;
                await Task.Delay(TimeSpan.FromSeconds(1), _context.Time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        if (!_release.IsCancellationRequested)
        {
            await EndAsync(adopted).ConfigureAwait(false);
        }
    }

    // Whether all went well, where the pod has run to its end; nothing when its network is gone and everything has to start over.
    private async Task<bool?> RunAsync(AdoptedPod? adopted, CancellationToken cancel)
    {
        _sandbox = adopted?.Sandbox ?? await StartSandboxAsync(cancel).ConfigureAwait(false);
        lock (_gate)
        {
            _state = _state with { Address = _sandbox.Address };
        }

        Changed();
        using var life = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var lost = _context.Runtime.WaitSandboxAsync(_sandbox, life.Token);
        var work = RunContainersAsync(_sandbox, adopted?.Runs ?? new Dictionary<string, ContainerRun>(), life.Token);
        await Task.WhenAny(lost, work).ConfigureAwait(false);
        await life.CancelAsync().ConfigureAwait(false);
        await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancel.ThrowIfCancellationRequested();
        if (work.IsFaulted || work.IsCompletedSuccessfully)
        {
            return await work.ConfigureAwait(false);
        }

        if (Record.Template.Spec.RestartPolicy == PodDefaults.Never)
        {
            _context.Event("SandboxChanged", "The pod's network is gone, and its containers are not started again");
            return false;
        }

        _context.Event("SandboxChanged", "The pod's network is gone: it starts over");
        return null;
    }

    private void Finish(bool succeeded)
    {
        lock (_gate)
        {
            Record = Record with { Outcome = succeeded ? "Succeeded" : "Failed" };
            Record.Save(_folder);
        }

        _context.Event(Record.Outcome, succeeded ? "All containers have done their work" : "A container has failed and is not started again");
        Changed();
    }

    private async Task<bool> RunContainersAsync(Sandbox sandbox, IReadOnlyDictionary<string, ContainerRun> runs, CancellationToken cancel)
    {
        // Where a container of the pod proper was started, the init containers had all succeeded.
        var initialized = Mains.Any(loop => runs.ContainsKey(loop.State.Name));
        foreach (var loop in _loops.Where(loop => !runs.ContainsKey(loop.State.Name) && !(initialized && loop.State is { Init: true, Ready: true })))
        {
            loop.Reset();
        }

        foreach (var init in Inits.Where(loop => !(initialized && loop.State.Ready)))
        {
            if (!await init.RunAsync(sandbox, runs.GetValueOrDefault(init.State.Name), cancel).ConfigureAwait(false))
            {
                return false;
            }
        }

        var ends = await Task.WhenAll(Mains.Select(loop => loop.RunAsync(sandbox, runs.GetValueOrDefault(loop.State.Name), cancel))).ConfigureAwait(false);
        return ends.All(succeeded => succeeded);
    }

    private async Task<Sandbox> StartSandboxAsync(CancellationToken cancel)
    {
        var backoff = new RestartBackoff();
        for (var failed = ""; ;)
        {
            cancel.ThrowIfCancellationRequested();
            try
            {
                return await _context.Runtime.StartSandboxAsync(Record).ConfigureAwait(false);
            }
            catch (ClusterException failure)
            {
                if (failed != failure.Message)
                {
                    failed = failure.Message;
                    _context.Event("FailedCreatePodSandBox", failure.Message);
                }

                lock (_gate)
                {
                    _state = _state with { Message = failure.Message };
                }

                Notify();
                backoff.After(TimeSpan.Zero);
                await Task.Delay(backoff.After(TimeSpan.Zero), _context.Time, cancel).ConfigureAwait(false);
            }
        }
    }

    private async Task EndAsync(AdoptedPod? adopted)
    {
        Changed();
        if (_sandbox is { } sandbox)
        {
            await Task.WhenAll(_loops.Select(async loop =>
            {
                if ((loop.Current ?? adopted?.Runs.GetValueOrDefault(loop.State.Name)) is { } run)
                {
                    await loop.StopAsync(sandbox, run, GraceLeft).ConfigureAwait(false);
                }
            })).ConfigureAwait(false);
        }

        for (var failed = false; ; failed = true)
        {
            try
            {
                await _context.Runtime.RemoveAsync(Record, volumes: true).ConfigureAwait(false);
                break;
            }
            catch (Exception failure) when (failure is ClusterException or IOException)
            {
                if (!failed)
                {
                    _context.Event("FailedKillPod", failure.Message);
                }

                await Task.Delay(RestartBackoff.Longest / 10, _context.Time).ConfigureAwait(false);
            }
        }

        _context.Event("Deleted", "Nothing is left of the pod but its claims");
        IsGone = true;
        Notify();
    }

    private TimeSpan GraceLeft()
    {
        lock (_gate)
        {
            return Record.DeletedAt!.Value.AddSeconds(Record.GraceSeconds) - _context.Time.GetUtcNow();
        }
    }

    private void Changed()
    {
        PodState before, after;
        lock (_gate)
        {
            before = _state;
            _state = after = PodStatus.Of(before, [.. _loops.Select(loop => loop.State)], Record.DeletedAt is not null, _context.Time.GetUtcNow(), Record.Outcome);
        }

        if (before.Ready != after.Ready && !after.IsFinished)
        {
            _context.Event(after.Ready ? "Ready" : "Unready", after.Ready ? "All containers are ready" : after.Message);
        }

        Notify();
    }
}
