using System.Runtime.InteropServices;

namespace Lab.Processes;

/// <summary>Calls of the C library that .NET doesn't offer.</summary>
internal static class LibC
{
    /// <summary>Sends a signal to a process, or to a process group by its negative number.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "kill")]
    public static extern int Kill(int pid, int signal);

    /// <summary>Starts a session without a terminal.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "setsid")]
    public static extern int SetSession();

    /// <summary>Makes one file descriptor mean what another means.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "dup2")]
    public static extern int Duplicate(int from, int to);

    /// <summary>Gives a file to a user and a group; the highest number leaves either as it is.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "lchown", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int ChangeOwner([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint user, uint group);

    /// <summary>Renames anything, also a link that leads to a folder.</summary>
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [DllImport("libc", EntryPoint = "rename", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    public static extern int Rename([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
