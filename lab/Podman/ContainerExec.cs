using Lab.Processes;

namespace Lab.Podman;

/// <summary>
/// Runs programs in running containers through runc, which keeps user, environment, rights, cgroup and namespaces as the container has them
/// and costs about 45 ms of processor time, where podman's own exec costs about four times that and leaves sessions behind.
/// </summary>
/// <param name="runner">Runs runc.</param>
public sealed class ContainerExec(ICommandRunner runner)
{
    /// <summary>How much longer than the limit runc itself may take to report an end.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    /// <summary>Runs a program in a container to its end; when its time is up, it and all it started (its process group) are killed.</summary>
    /// <param name="id">The container's full podman id.</param>
    /// <param name="arguments">The program and its arguments.</param>
    /// <param name="input">What it reads on its standard input.</param>
    /// <param name="limit">How long it may run; ten minutes by default.</param>
    /// <param name="onLine">Called for each line of output as it comes.</param>
    /// <param name="cancel">Kills it.</param>
    public async Task<CommandResult> RunAsync(
        string id, IReadOnlyList<string> arguments, string? input = null, TimeSpan? limit = null, Action<string>? onLine = null, CancellationToken cancel = default)
    {
        var time = limit ?? TimeSpan.FromMinutes(10);
        var pidFile = Path.Combine(Path.GetTempPath(), $"statefulset-lab-exec-{Guid.NewGuid():N}");
        using var killer = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(killer.Token, cancel);
        var timedOut = false;
        var running = runner.RunAsync(
            new Command("runc", ["exec", "--pid-file", pidFile, id, .. arguments]) { StandardInput = input, OnLine = onLine, Timeout = time + Slack },
            CancellationToken.None);
        try
        {
            var ended = await Task.WhenAny(running, Task.Delay(time, either.Token)).ConfigureAwait(false);
            if (ended != running)
            {
                timedOut = !cancel.IsCancellationRequested;
                Kill(pidFile);
            }

            var result = await running.ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return timedOut ? result with { TimedOut = true, ExitCode = -1 } : result;
        }
        finally
        {
            await killer.CancelAsync().ConfigureAwait(false);
            File.Delete(pidFile);
        }
    }

    // runc makes the program lead a session of its own, so its group is everything it started that did not leave on purpose.
    private static void Kill(string pidFile)
    {
        if (int.TryParse(AtomicFile.Read(pidFile), out var pid))
        {
            WatchedProcess.Find(pid)?.SignalGroup(PosixSignalNumber.Kill);
        }
    }
}
