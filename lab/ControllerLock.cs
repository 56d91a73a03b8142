using System.Globalization;
using Lab.Processes;

namespace Lab;

/// <summary>Held by the one controller of an instance as long as its process lives; the kernel lets go of it even when that is killed.</summary>
public sealed class ControllerLock : IDisposable
{
    private readonly FileStream _file;
    private readonly LabFolder _folder;

    private ControllerLock(FileStream file, LabFolder folder) => (_file, _folder) = (file, folder);

    /// <summary>Whether a controller holds an instance.</summary>
    public static bool IsHeld(LabFolder folder)
    {
        if (!File.Exists(folder.Lock))
        {
            return false;
        }

        using var free = TryOpen(folder);
        return free is null;
    }

    /// <summary>Takes the lock and notes this process as the controller.</summary>
    /// <exception cref="ClusterException">Another process holds it.</exception>
    public static ControllerLock Take(LabFolder folder)
    {
        // A client that looks whether it is held holds it for a moment.
        FileStream? file = null;
        for (var tries = 0; file is null && tries < 10; tries++)
        {
            file = TryOpen(folder);
            if (file is null)
            {
                Thread.Sleep(50);
            }
        }

        if (file is null)
        {
            throw new ClusterException($"Another controller already runs instance {folder.Id}.");
        }

        var self = WatchedProcess.Find(Environment.ProcessId)!;
        AtomicFile.Write(folder.ControllerPid, string.Create(CultureInfo.InvariantCulture, $"{self.Pid} {self.StartedTicks}\n"));
        return new ControllerLock(file, folder);
    }

    /// <summary>The controller's process, or null when none runs.</summary>
    public static WatchedProcess? Holder(LabFolder folder)
    {
        var fields = AtomicFile.Read(folder.ControllerPid)?.Trim().Split(' ') ?? [];
        return fields is [var pid, var started]
            && new WatchedProcess(int.Parse(pid, CultureInfo.InvariantCulture), long.Parse(started, CultureInfo.InvariantCulture)) is { IsRunning: true } process
            && IsHeld(folder) ? process : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        File.Delete(_folder.ControllerPid);
        _file.Dispose();
    }

    private static FileStream? TryOpen(LabFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
