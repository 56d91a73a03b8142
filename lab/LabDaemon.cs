using System.Diagnostics;
using System.Runtime.InteropServices;
using Lab.Controllers;
using Lab.Podman;
using Lab.Processes;

namespace Lab;

/// <summary>The controller as a process of its own, which outlives the command that started it.</summary>
/// <param name="folder">The instance's folder.</param>
public sealed class LabDaemon(LabFolder folder)
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    /// <summary>Whether the controller runs.</summary>
    public bool IsAlive => ControllerLock.IsHeld(folder);

    /// <summary>Starts the controller unless it runs.</summary>
    /// <param name="program">What to start: a program and its arguments, which end in <see cref="RunAsync"/> for the same folder.</param>
    /// <exception cref="ClusterException">It ended at once or took too long; its last lines say why.</exception>
    public async Task StartAsync(IReadOnlyList<string> program)
    {
        if (IsAlive)
        {
            return;
        }

        folder.Create();
        File.Delete(folder.ControllerLog);
        // Redirected, so that it never holds what this process writes to: a pipe behind `./dev up` would not end before the controller does.
        var start = new ProcessStartInfo(program[0], program.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new ClusterException("The lab's controller did not start.");
        var since = Stopwatch.StartNew();
        while (ControllerLock.Holder(folder) is null)
        {
            if (process.HasExited || since.Elapsed > StartTime)
            {
                var why = process.HasExited ? $"it ended with code {process.ExitCode}" : $"it is not up after {StartTime.TotalSeconds} s";
                throw new ClusterException($"The lab's controller did not start: {why}.", LastLines());
            }

            await Task.Delay(LookPeriod).ConfigureAwait(false);
        }
    }

    /// <summary>Stops the controller if it runs; the pods go on.</summary>
    /// <exception cref="ClusterException">It cannot be stopped.</exception>
    public async Task StopAsync()
    {
        var since = Stopwatch.StartNew();
        ControllerLock.Holder(folder)?.Signal(PosixSignalNumber.Terminate);
        while (IsAlive)
        {
            if (since.Elapsed > 2 * StopTime)
            {
                throw new ClusterException("The lab's controller cannot be stopped.", LastLines());
            }

            if (since.Elapsed > StopTime)
            {
                ControllerLock.Holder(folder)?.Signal(PosixSignalNumber.Kill);
            }

            await Task.Delay(LookPeriod).ConfigureAwait(false);
        }
    }

    /// <summary>Is the controller: leaves the terminal, writes to its log, and runs until it gets SIGTERM.</summary>
    /// <param name="images">Finds images.</param>
    /// <returns>An exit code.</returns>
    public async Task<int> RunAsync(Func<PodmanClient, Images.IImages> images)
    {
        folder.Create();
        Detachment.LeaveTerminal(folder.ControllerLog);
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        try
        {
            await new ClusterController(folder, images).RunAsync(stop.Token).ConfigureAwait(false);
            return 0;
        }
        catch (ClusterException failure)
        {
            Console.Error.WriteLine(string.Join('\n', [failure.Message, .. failure.LastLines]));
            return 1;
        }
    }

    private string[] LastLines() => [.. (AtomicFile.Read(folder.ControllerLog) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(10)];
}
