using k8s.Models;
using Lab.Probes;
using Lab.Specs;
using Xunit;

namespace Lab.Tests;

public class ContainerProbesTests
{
    private readonly WatchedTime _time = new();
    private readonly List<(string Kind, double At)> _checks = [];
    private readonly List<(bool Ready, double At)> _readiness = [];
    private readonly HashSet<string> _failing = [];
    private double? _startedAt;

    [Theory]
    [InlineData(3, 1, "ffffsf", "..FFS.")]
    [InlineData(2, 2, "sfsssff", "...SS.F")]
    [InlineData(1, 1, "sf", "SF")]
    public void Thresholds_count_results_in_a_row(int failures, int successes, string results, string verdicts)
    {
        var tracker = new ProbeTracker(new V1Probe { FailureThreshold = failures, SuccessThreshold = successes });

        var seen = results.Select(result => tracker.Record(result == 's') switch { true => 'S', false => 'F', null => '.' });

        Assert.Equal(verdicts, string.Concat(seen));
    }

    [Fact]
    public async Task Checks_begin_after_the_initial_delay_and_repeat_by_the_period()
    {
        var container = new V1Container { Name = "c", ReadinessProbe = Probe("ready", delay: 5, period: 2) };

        await RunAsync(container, 12);

        Assert.Equal([5, 7, 9, 11], At("ready"));
        Assert.Equal((true, 5), _readiness[0]);
    }

    [Fact]
    public async Task A_startup_probe_holds_the_others_back()
    {
        var container = new V1Container
        {
            Name = "c",
            StartupProbe = Probe("started", period: 1, failures: 100),
            LivenessProbe = Probe("alive", period: 10),
            ReadinessProbe = Probe("ready", period: 2),
        };
        _failing.Add("started");

        await RunAsync(container, 4.5, () => _failing.Clear(), 3);

        Assert.Equal(5, _startedAt);
        Assert.All(At("alive").Concat(At("ready")), at => Assert.True(at >= 5));
    }

    [Fact]
    public async Task A_startup_probe_that_goes_on_failing_restarts_the_container()
    {
        _failing.Add("started");

        var why = await RunAsync(new V1Container { Name = "c", StartupProbe = Probe("started", period: 1, failures: 3) }, 10);

        Assert.Equal("Container c failed startup probe: no", why);
        Assert.Equal([0, 1, 2], At("started"));
    }

    [Fact]
    public async Task Liveness_restarts_the_container_after_its_threshold_only()
    {
        var container = new V1Container { Name = "c", LivenessProbe = Probe("alive", delay: 30, period: 10) };

        var why = await RunAsync(container, 35, () => _failing.Add("alive"), 60);

        Assert.Equal("Container c failed liveness probe, will be restarted: no", why);
        Assert.Equal([30, 40, 50, 60], At("alive"));
    }

    [Fact]
    public async Task Readiness_goes_and_comes_with_its_thresholds()
    {
        var container = new V1Container { Name = "c", ReadinessProbe = Probe("ready", period: 2, failures: 2, successes: 2) };

        await RunAsync(container, 3.5, () => _failing.Add("ready"), 5, () => _failing.Clear(), 6);

        Assert.Equal([(true, 2.0), (false, 6.0), (false, 8.0), (true, 12.0), (true, 14.0)], _readiness);
    }

    [Fact]
    public async Task Without_probes_a_container_is_ready_at_once()
    {
        await RunAsync(new V1Container { Name = "c" }, 1);

        Assert.Equal([(true, 0.0)], _readiness);
    }

    private async Task<string?> RunAsync(V1Container container, double seconds, Action? then = null, double more = 0, Action? last = null, double evenMore = 0)
    {
        var start = _time.GetUtcNow();
        using var stop = new CancellationTokenSource();
        var probes = new ContainerProbes(PodDefaults.Fill(container), CheckAsync, _time)
        {
            OnStarted = () => _startedAt = Seconds(),
            OnReadiness = (ready, _) => _readiness.Add((ready, Seconds())),
        };
        var running = probes.RunAsync(start, alreadyStarted: false, stop.Token);
        _time.Advance(seconds);
        then?.Invoke();
        _time.Advance(more);
        last?.Invoke();
        _time.Advance(evenMore);
        // A verdict stands by now, though it may still be on its way: the other probes are ended before it is handed over.
        await stop.CancelAsync();
        try
        {
            return await running;
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        double Seconds() => (_time.GetUtcNow() - start).TotalSeconds;

        Task<ProbeResult> CheckAsync(V1Probe probe, CancellationToken cancel)
        {
            var kind = probe.Exec!.Command[0];
            _checks.Add((kind, Seconds()));
            return Task.FromResult(new ProbeResult(!_failing.Contains(kind), _failing.Contains(kind) ? "no" : "yes"));
        }
    }

    private IEnumerable<double> At(string kind) => _checks.Where(check => check.Kind == kind).Select(check => check.At);

    private static V1Probe Probe(string kind, int delay = 0, int period = 10, int failures = 3, int successes = 1) => new()
    {
        Exec = new V1ExecAction { Command = [kind] },
        InitialDelaySeconds = delay,
        PeriodSeconds = period,
        FailureThreshold = failures,
        SuccessThreshold = successes,
    };
}
