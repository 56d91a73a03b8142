using k8s.Models;
using Lab.Pods;
using Lab.Specs;
using Lab.State;
using Xunit;

namespace Lab.Tests;

public sealed class PodTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder _root = new();
    private readonly WatchedTime _time = new();
    private readonly FakeRuntime _runtime;
    private Pod? _pod;

    public PodTests() => _runtime = new FakeRuntime(_time);

    [Fact]
    public async Task Init_containers_run_in_order_before_the_others()
    {
        Start();
        await CallsAsync("sandbox", "start one.0");
        Assert.Equal(("Pending", "Init:0/2"), (_pod!.State.Phase, _pod.State.Reason));

        _runtime.End("one", 0, 0);
        await CallsAsync("start two.0");
        _runtime.End("two", 0, 0);
        await CallsAsync("start main.0");

        await UntilAsync(() => _pod.State is { Ready: true, Phase: "Running", Reason: "Running", Address: "10.0.0.9" });
    }

    [Fact]
    public async Task A_failed_init_container_is_started_again_at_once_and_then_with_growing_waits()
    {
        Start();
        await CallsAsync("sandbox", "start one.0");
        _runtime.End("one", 0, 1);
        await CallsAsync("start one.1");
        _runtime.End("one", 1, 1);
        await UntilAsync(() => _time.Waits.SequenceEqual([1]));
        Assert.Equal("Init:CrashLoopBackOff", _pod!.State.Reason);

        _time.Advance(0.9);
        Assert.DoesNotContain("start one.2", _runtime.Calls);
        _time.Advance(0.1);
        await CallsAsync("start one.2");
        await UntilAsync(() => _pod.State.Restarts == 2);
    }

    [Fact]
    public async Task A_container_that_ends_is_started_again_whatever_its_exit_code()
    {
        await RunningAsync();

        _runtime.End("main", 0, 0);
        await CallsAsync("start main.1");

        await UntilAsync(() => _pod!.State is { Ready: true, Restarts: 1 } pod && pod.Containers[2].Last is { ExitCode: 0, Reason: "Completed" });
    }

    [Fact]
    public async Task Deletion_asks_first_and_kills_when_the_grace_period_is_over()
    {
        _runtime.IgnoresTerm = true;
        await RunningAsync();

        _pod!.Delete(TimeSpan.FromSeconds(10));
        await CallsAsync("stop main.0");
        Assert.True(_pod.State is { Terminating: true, Ready: false, Reason: "Terminating" });
        // It looks in steps of 0.2 s whether the grace period is over. A step begins a moment after what it follows.
        for (var steps = 1; steps <= 50; steps++)
        {
            await UntilAsync(() => _time.Waits.SequenceEqual(Enumerable.Repeat(0.2, steps)));
            Assert.DoesNotContain("kill main.0", _runtime.Calls);
            _time.Advance(0.2);
        }

        await CallsAsync("kill main.0", "remove");
        await UntilAsync(() => _pod.IsGone);
    }

    [Fact]
    public async Task Deletion_without_grace_kills_at_once()
    {
        await RunningAsync();

        _pod!.Delete(TimeSpan.Zero);

        await CallsAsync("kill main.0", "remove");
        Assert.DoesNotContain("stop main.0", _runtime.Calls);
    }

    [Fact]
    public async Task A_new_controller_goes_on_with_what_runs()
    {
        _runtime.Adopted = new AdoptedPod(new Sandbox("10.0.0.9", 1), new Dictionary<string, ContainerRun>
        {
            ["one"] = new("one", "one.0", 0, 0, _time.GetUtcNow(), ""),
            ["two"] = new("two", "two.0", 0, 0, _time.GetUtcNow(), ""),
            ["main"] = new("main", "main.3", 1, 3, _time.GetUtcNow(), ""),
        });
        var done = new ContainerState { Init = true, Ready = true, Started = true, Status = "Terminated", Reason = "Completed" };

        Start(new PodState { Containers = [done with { Name = "one" }, done with { Name = "two" }, new ContainerState { Name = "main", Restarts = 3 }] });

        await UntilAsync(() => _pod!.State is { Ready: true, Restarts: 3 });
        Assert.Equal(["adopt"], _runtime.Calls);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_pod is not null)
        {
            // A test that failed may leave the pod waiting for its grace period to be over.
            _time.Advance(60);
            await _pod.DisposeAsync();
        }
    }

    public void Dispose() => _root.Dispose();

    private void Start(PodState? earlier = null)
    {
        var folder = LabFolder.Of(_root.Root, "test", ".lab");
        folder.Create();
        var template = PodDefaults.Fill(new V1PodTemplateSpec
        {
            Spec = new V1PodSpec
            {
                InitContainers = [new V1Container { Name = "one" }, new V1Container { Name = "two" }],
                Containers = [new V1Container { Name = "main" }],
            },
        });
        var set = new StatefulSetSpec("default", "db", 1, "db", template, "r", []);
        _pod = new Pod(PodRecord.Create(set, 0, _time.GetUtcNow()), folder, new PodContext(_runtime, _time, () => { }, (_, _) => { }), earlier);
        Directory.CreateDirectory(folder.Pod(_pod.Record.Uid));
    }

    private async Task RunningAsync()
    {
        Start();
        _runtime.End("one", 0, 0);
        _runtime.End("two", 0, 0);
        await UntilAsync(() => _pod!.State.Ready);
    }

    private Task CallsAsync(params string[] calls) => UntilAsync(() => calls.All(call => _runtime.Calls.Contains(call)));

    private async Task UntilAsync(Func<bool> isTrue)
    {
        for (var tries = 0; !isTrue() && tries < 2000; tries++)
        {
            await Task.Delay(10);
        }

        Assert.True(isTrue(), $"{_pod?.State.Reason}; {string.Join(", ", _runtime.Calls)}");
    }
}
