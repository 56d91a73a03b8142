using Lab.Processes;
using Trials.Clusters;

namespace Trials.Faults;

/// <summary>One run of a container, seen from the machine that it runs on.</summary>
/// <param name="Pod">Its pod.</param>
/// <param name="Name">Its name.</param>
/// <param name="Restarts">How often it had been started again.</param>
/// <param name="Process">Its first process.</param>
internal sealed record LabContainer(string Pod, string Name, int Restarts, WatchedProcess Process)
{
    private const string HeldFile = "/tmp/held";
    private const string GoFile = "/tmp/go";
    private static readonly string[] ProgramFolders = ["/usr/local/bin", "/usr/bin", "/usr/sbin"];

    /// <summary>A line for scripts of <see cref="Replace"/>: says that the point is reached, and waits until the test lets go.</summary>
    public const string Hold = $"touch {HeldFile}; until [[ -e {GoFile} ]]; do sleep 0.05; done";

    /// <summary>A file of the container, as a path of this machine.</summary>
    public string Path(string inside) => $"/proc/{Process.Pid}/root{inside}";

    /// <summary>Puts a bash script in the place of a program of this run; the program itself is "$real" in it. A new run has the image's own again.</summary>
    public void Replace(string program, string script)
    {
        // What an earlier run of the container left there: the folder is the pod's.
        File.Delete(Path(HeldFile));
        File.Delete(Path(GoFile));
        var place = ProgramFolders.First(folder => Exists(Path($"{folder}/{program}")));
        var file = $"{Root()}{place}/{program}";
        File.WriteAllText($"{file}.new", $"#!/usr/bin/bash\nreal={place}/{program}.real\n{script}\n");
        if (OperatingSystem.IsLinux())
        {
            File.SetUnixFileMode($"{file}.new", (UnixFileMode)0b111_101_101);
        }

        if (!Exists($"{file}.real"))
        {
            File.Move(file, $"{file}.real");
        }

        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <summary>Waits until a script of <see cref="Replace"/> has come to its <see cref="Hold"/>.</summary>
    public Task HeldAsync(int seconds = 60) =>
        ClusterWaits.UntilAsync(() => Task.FromResult(File.Exists(Path(HeldFile))), () => $"{Name} of {Pod} to come to the point where it is held", seconds);

    /// <summary>Lets the held script go on.</summary>
    public void Release() => File.WriteAllText(Path(GoFile), "");

    /// <summary>Waits until a process of this container has all these words in its command line.</summary>
    public Task<WatchedProcess> ProcessAsync(params string[] words) =>
        ProcessAsync(process => words.All(word => process.CommandLine().Any(argument => argument.Contains(word, StringComparison.Ordinal))), string.Join(' ', words));

    /// <summary>Waits until a server runs in this container.</summary>
    public Task<WatchedProcess> ServerAsync() => ProcessAsync(ServerTerms.IsServer, "of a server");

    private async Task<WatchedProcess> ProcessAsync(Func<WatchedProcess, bool> wanted, string what)
    {
        WatchedProcess? found = null;
        await ClusterWaits.UntilAsync(
            () => Task.FromResult((found = Processes().FirstOrDefault(wanted)) is not null),
            () => $"a process {what} in {Name} of {Pod}; there were {string.Join(" | ", Processes().Select(one => string.Join(' ', one.CommandLine())))}",
            60);
        return found!;
    }

    /// <summary>The processes of this container.</summary>
    public IReadOnlyList<WatchedProcess> Processes()
    {
        var space = Space(Process.Pid);
        return
        [
            .. Directory.EnumerateDirectories("/proc").Select(System.IO.Path.GetFileName).Where(name => int.TryParse(name, out _))
                .Select(name => int.Parse(name!, System.Globalization.CultureInfo.InvariantCulture))
                .Where(pid => space is not null && Space(pid) == space).Select(WatchedProcess.Find).OfType<WatchedProcess>(),
        ];
    }

    /// <summary>Has a process stand still, as on a machine that hangs.</summary>
    public static void Freeze(WatchedProcess process) => process.Signal(PosixSignalNumber.Stop);

    /// <summary>Lets it go on.</summary>
    public static void Thaw(WatchedProcess process) => process.Signal(PosixSignalNumber.Continue);

    /// <summary>Where this machine has the container's file system, which the container itself cannot write to: beside the upper layer of its overlay.</summary>
    private string Root()
    {
        const string Upper = "upperdir=";
        var mount = File.ReadLines($"/proc/{Process.Pid}/mountinfo").First(line => line.Split(' ')[4] == "/");
        var upper = mount.Split(' ')[^1].Split(',').First(option => option.StartsWith(Upper, StringComparison.Ordinal))[Upper.Length..];
        return System.IO.Path.Combine(System.IO.Path.GetDirectoryName(upper)!, "merged");
    }

    // A link to a program counts, wherever it leads: its target is in the container.
    private static bool Exists(string file) => new FileInfo(file) is var info && (info.Exists || info.LinkTarget is not null);

    private static string? Space(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/pid").LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
