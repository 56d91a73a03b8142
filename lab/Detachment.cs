using Lab.Processes;

namespace Lab;

/// <summary>Makes this process independent of the terminal and the pipes of the one that started it.</summary>
internal static class Detachment
{
    /// <summary>Starts a session of its own, reads nothing, and writes both outputs to a file.</summary>
    public static void LeaveTerminal(string log)
    {
        // Fails where this process leads its group already, and then there is nothing to leave.
        _ = LibC.SetSession();
        using var nothing = File.OpenHandle("/dev/null");
        using var output = File.OpenHandle(log, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        _ = LibC.Duplicate((int)nothing.DangerousGetHandle(), 0);
        _ = LibC.Duplicate((int)output.DangerousGetHandle(), 1);
        _ = LibC.Duplicate((int)output.DangerousGetHandle(), 2);
    }
}
