using System.Diagnostics;
using Cli.Commands;
using Lab;
using Lab.Manifests;
using Trials.Clusters;
using Xunit;

namespace Trials.LabTests;

/// <summary>An instance of the lab for one test, with its controller in this process; nothing of it is left afterwards.</summary>
public sealed class RunningLab : IAsyncDisposable
{
    private CancellationTokenSource _stop = new();
    private readonly string _root = Directory.CreateTempSubdirectory("statefulset-lab-test-").FullName;
    private readonly LabInstance _instance;
    private Task _controller;

    private RunningLab()
    {
        _instance = StackInstance.Of(_root, "test");
        _controller = Task.CompletedTask;
        StartController();
    }

    public LabFolder Folder => _instance.Folder;

    public LabCluster Cluster => _instance.Cluster;

    /// <summary>Starts an instance, or skips the test where the machine cannot run one.</summary>
    public static async Task<RunningLab> StartAsync()
    {
        await LabMachine.RequireAsync();
        return new RunningLab();
    }

    public void StartController() => _controller = _instance.ControlAsync(_stop.Token);

    public async Task StopControllerAsync()
    {
        await _stop.CancelAsync();
        await _controller;
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    /// <summary>Ends the controller and starts another on the same files.</summary>
    /// <returns>When the first had ended: what is written later is the second's.</returns>
    public async Task<DateTimeOffset> RestartControllerAsync()
    {
        await StopControllerAsync();
        var between = DateTimeOffset.UtcNow;
        StartController();
        return between;
    }

    public async Task ReadyAsync(int seconds = 30)
    {
        var ready = new ReadyWait(Cluster).RunAsync(TimeSpan.FromSeconds(seconds), cancel: _stop.Token);
        await await Task.WhenAny(ready.ContinueWith(_ => { }, TaskScheduler.Default), _controller);
        Assert.True(ready.IsCompletedSuccessfully, $"{ready.Exception?.InnerException}\n{Story()}");
    }

    public Task ApplyAsync(params IEnumerable<Manifest>[] manifests)
    {
        Cluster.Apply([.. manifests.SelectMany(list => list)]);
        return ReadyAsync();
    }

    public async Task<string> ExecAsync(string pod, params string[] arguments)
    {
        var result = await Cluster.ExecAsync(pod, null, arguments);
        Assert.True(result.Succeeded, $"{string.Join(' ', arguments)} in {pod}: {result.StandardError}");
        return result.StandardOutput.Trim();
    }

    /// <summary>Waits for something to become true, and says what if it doesn't.</summary>
    public async Task UntilAsync(string what, Func<bool> isTrue, int seconds = 30)
    {
        for (var since = Stopwatch.StartNew(); !isTrue(); await Task.Delay(50))
        {
            if (_controller.IsFaulted)
            {
                await _controller;
            }

            Assert.True(since.Elapsed.TotalSeconds < seconds, $"not within {seconds} s: {what}\n{Story()}");
        }
    }

    /// <summary>What happened, for the message of a test that fails.</summary>
    public string Story() => string.Join('\n', Cluster.State.Events.Select(one => $"{one.At:HH:mm:ss.fff} {one.Name} {one.Reason}: {one.Message}"));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _controller;
        }
        finally
        {
            await new LabDown(Folder).RunAsync(purge: true, grace: TimeSpan.FromSeconds(1));
            Directory.Delete(_root, recursive: true);
            _stop.Dispose();
        }
    }
}
