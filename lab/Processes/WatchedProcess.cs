using System.Globalization;

namespace Lab.Processes;

/// <summary>A process of this machine, not necessarily a child: its number and its start time, so that a reused number is not mistaken for it.</summary>
/// <param name="Pid">Its number.</param>
/// <param name="StartedTicks">Its start, in clock ticks since boot.</param>
public sealed record WatchedProcess(int Pid, long StartedTicks)
{
    /// <summary>How often a process is looked at while waiting for its end. Reading /proc costs about 20 microseconds.</summary>
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether it still runs; a process that only waits to be reaped does not.</summary>
    public bool IsRunning => Read(Pid) is { } now && now.Started == StartedTicks && now.State is not ('Z' or 'X');

    /// <summary>Finds a running process, or null.</summary>
    public static WatchedProcess? Find(int pid) =>
        pid > 0 && Read(pid) is { State: not ('Z' or 'X') } found ? new WatchedProcess(pid, found.Started) : null;

    /// <summary>Waits until it runs no more.</summary>
    public async Task WaitForExitAsync(CancellationToken cancel)
    {
        while (IsRunning)
        {
            await Task.Delay(LookPeriod, cancel).ConfigureAwait(false);
        }
    }

    /// <summary>The program and its arguments; empty when it is gone.</summary>
    public IReadOnlyList<string> CommandLine()
    {
        try
        {
            return IsRunning ? File.ReadAllText($"/proc/{Pid}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (IOException)
        {
            return [];
        }
    }

    /// <summary>Sends it a signal unless it is gone.</summary>
    public void Signal(PosixSignalNumber signal)
    {
        if (IsRunning)
        {
            _ = LibC.Kill(Pid, (int)signal);
        }
    }

    /// <summary>Sends a signal to it and all of its process group, if it leads one.</summary>
    public void SignalGroup(PosixSignalNumber signal)
    {
        if (IsRunning)
        {
            _ = LibC.Kill(-Pid, (int)signal);
            _ = LibC.Kill(Pid, (int)signal);
        }
    }

    private static (char State, long Started)? Read(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            // The second field, the program's name, is in parentheses and may hold anything; state is field 3, start time field 22.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], long.Parse(fields[19], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
