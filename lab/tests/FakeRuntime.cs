using System.Collections.Concurrent;
using k8s.Models;
using Lab.Pods;
using Lab.Probes;

namespace Lab.Tests;

/// <summary>Runs nothing: remembers what it was asked for, and containers end when a test says so.</summary>
internal sealed class FakeRuntime(TimeProvider time) : IPodRuntime
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RunEnd>> _ends = new();
    private readonly TaskCompletionSource _sandboxLost = new();

    /// <summary>Everything asked for, in order.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public AdoptedPod Adopted { get; set; } = new(null, new Dictionary<string, ContainerRun>());

    public bool IgnoresTerm { get; set; }

    public void End(string container, int attempt, int exitCode) => Source($"{container}.{attempt}").TrySetResult(new RunEnd(exitCode));

    public Task<Sandbox> StartSandboxAsync(PodRecord pod) => Did("sandbox", new Sandbox("10.0.0.9", 1));

    public Task<AdoptedPod> AdoptAsync(PodRecord pod) => Did("adopt", Adopted);

    public Task WaitSandboxAsync(Sandbox sandbox, CancellationToken cancel) => _sandboxLost.Task.WaitAsync(cancel);

    public Task<ContainerRun> StartContainerAsync(PodRecord pod, Sandbox sandbox, V1Container container, bool init, int attempt) =>
        Did($"start {container.Name}.{attempt}", new ContainerRun(container.Name, $"{container.Name}.{attempt}", 1, attempt, time.GetUtcNow(), "/nowhere"));

    public Task<RunEnd> WaitAsync(ContainerRun run, CancellationToken cancel) => Source(run.Id).Task.WaitAsync(cancel);

    public Task StopAsync(ContainerRun run, bool kill)
    {
        Calls.Enqueue($"{(kill ? "kill" : "stop")} {run.Id}");
        if (kill || !IgnoresTerm)
        {
            Source(run.Id).TrySetResult(new RunEnd(kill ? 137 : 143));
        }

        return Task.CompletedTask;
    }

    public Task<ProbeResult> ProbeAsync(Sandbox sandbox, ContainerRun run, V1Container container, V1Probe probe, CancellationToken cancel) =>
        Task.FromResult(new ProbeResult(true, ""));

    public Task RemoveAsync(PodRecord pod, bool volumes) => Did("remove", 0);

    private TaskCompletionSource<RunEnd> Source(string id) => _ends.GetOrAdd(id, _ => new TaskCompletionSource<RunEnd>());

    private Task<T> Did<T>(string what, T result)
    {
        Calls.Enqueue(what);
        return Task.FromResult(result);
    }
}
