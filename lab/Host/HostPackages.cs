using System.Diagnostics;
using Lab.Processes;

namespace Lab.Host;

/// <summary>What the lab needs on this machine: Linux, root, and programs that come as Debian packages.</summary>
public static class HostPackages
{
    /// <summary>The packages, each with a program of it that has to be there.</summary>
    /// <remarks>
    /// podman and runc run the containers (crun refuses cgroups v1), netavark, iptables and iproute2 give them their network, catatonit holds a pod's
    /// network, dnsmasq-base is the name server, mmdebstrap builds images where no registry answers, uidmap is what podman asks for,
    /// e2fsprogs and mount make small disks and volumes in memory.
    /// </remarks>
    private static readonly (string Package, string Program)[] Needs =
    [
        ("podman", "podman"), ("runc", "runc"), ("netavark", "/usr/lib/podman/netavark"), ("aardvark-dns", "/usr/lib/podman/aardvark-dns"),
        ("iptables", "iptables"), ("iproute2", "ip"), ("catatonit", "catatonit"), ("dnsmasq-base", "dnsmasq"), ("mmdebstrap", "mmdebstrap"),
        ("uidmap", "newuidmap"), ("e2fsprogs", "mkfs.ext4"), ("mount", "mount"),
    ];

    /// <summary>Where programs of the system are, whatever the PATH of who asks.</summary>
    private static readonly string[] Folders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>How long another apt-get, such as a machine's own first updates, may hold the package database.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    /// <summary>The packages whose programs are not there.</summary>
    public static IReadOnlyList<string> Missing() => Missing(File.Exists);

    /// <summary>The packages whose programs are not there.</summary>
    /// <param name="exists">Whether a file is there.</param>
    internal static IReadOnlyList<string> Missing(Func<string, bool> exists) =>
        [.. Needs.Where(need => !Folders.Any(folder => exists(Path.Combine(folder, need.Program)))).Select(need => need.Package)];

    /// <summary>Makes sure that this machine can run the lab; says nothing when it can.</summary>
    /// <param name="tell">Called with what is missing and how to install it by hand before anything is installed, and with how long it took.</param>
    /// <param name="install">Whether what is missing is installed.</param>
    /// <exception cref="HostException">It cannot; the sentence says what to do.</exception>
    public static async Task EnsureAsync(Action<string> tell, bool install = true)
    {
        if (Obstacle(OperatingSystem.IsLinux(), Environment.IsPrivilegedProcess) is { } obstacle)
        {
            throw new HostException(obstacle);
        }

        var missing = Missing();
        if (missing.Count == 0)
        {
            return;
        }

        var list = string.Join(' ', missing);
        if (!Folders.Any(folder => File.Exists(Path.Combine(folder, "apt-get"))))
        {
            throw new HostException($"The lab needs programs that Debian has in the packages {list}: install them with this system's own package manager.");
        }

        var byHand = $"apt-get install --no-install-recommends {list}";
        if (!install)
        {
            throw new HostException($"The lab needs packages that are not installed: {byHand}");
        }

        tell($"missing: {list}   (by hand: {byHand}; --no-install stops here)");
        var since = Stopwatch.StartNew();
        if (!(await InstallAsync(missing).ConfigureAwait(false)).Succeeded)
        {
            // The package lists may be old or were never fetched.
            await AptAsync(["update"]).ConfigureAwait(false);
            var again = await InstallAsync(missing).ConfigureAwait(false);
            if (!again.Succeeded)
            {
                throw new HostException(
                    $"apt-get could not install what the lab needs; try: {byHand}",
                    [.. again.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(5)]);
            }
        }

        tell($"installed {list}   {since.Elapsed.TotalSeconds:0} s");
    }

    /// <summary>Why this machine cannot run the lab whatever is installed; null when it can.</summary>
    internal static string? Obstacle(bool linux, bool root) => (linux, root) switch
    {
        (false, _) => "The lab runs containers with podman, which needs Linux.",
        (_, false) => "The lab gives containers networks and volumes of their own, which needs root: run this with sudo.",
        _ => null,
    };

    private static Task<CommandResult> InstallAsync(IReadOnlyList<string> packages) =>
        AptAsync(["install", "--yes", $"--option=DPkg::Lock::Timeout={LockTime.TotalSeconds}", "--no-install-recommends", .. packages]);

    private static Task<CommandResult> AptAsync(IReadOnlyList<string> arguments) => new CommandRunner().RunAsync(new Command("apt-get", ["--quiet", .. arguments])
    {
        Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" },
        Timeout = TimeSpan.FromMinutes(10),
    });
}
