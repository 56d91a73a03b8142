using System.Diagnostics;
using Lab.Cluster.Processes;

namespace Lab.Cluster.Host;

/// <summary>The Debian packages that the lab needs on this machine.</summary>
public static class HostPackages
{
    /// <summary>The packages.</summary>
    /// <remarks>
    /// podman and runc run the containers (crun refuses cgroups v1), netavark, iptables and iproute2 give them their network, catatonit holds a pod's
    /// network, dnsmasq-base is the name server, mmdebstrap builds images where no registry answers, uidmap is what podman asks for,
    /// e2fsprogs and mount make small disks and volumes in memory.
    /// </remarks>
    public static IReadOnlyList<string> Needed { get; } =
        ["podman", "runc", "netavark", "aardvark-dns", "iptables", "iproute2", "catatonit", "dnsmasq-base", "mmdebstrap", "uidmap", "e2fsprogs", "mount"];

    /// <summary>How long another apt-get, such as a machine's own first updates, may hold the package database.</summary>
    private static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    /// <summary>Which of them are not installed; none where this isn't Debian and the programs are there anyway.</summary>
    public static async Task<IReadOnlyList<string>> MissingAsync()
    {
        // One line for each installed package; those it doesn't know are an error that says nothing more.
        var known = await new CommandRunner().RunAsync(new Command("dpkg-query", ["--show", "--showformat=${Package} ${db:Status-Status}\n", .. Needed])).ConfigureAwait(false);
        var installed = known.StandardOutput.Split('\n').Where(line => line.EndsWith(" installed", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]);
        return [.. Needed.Except(installed)];
    }

    /// <summary>Installs what is missing; does nothing, and says nothing, when nothing is.</summary>
    /// <param name="onNote">Called with what is being done, and with how long it took.</param>
    /// <exception cref="ClusterException">They cannot be installed; the sentence has the command to run.</exception>
    public static async Task EnsureAsync(Action<string> onNote)
    {
        var missing = await MissingAsync().ConfigureAwait(false);
        if (missing.Count == 0)
        {
            return;
        }

        var list = string.Join(' ', missing);
        if (Environment.UserName != "root")
        {
            throw new ClusterException($"The lab needs packages that only root can install: sudo apt-get install --no-install-recommends {list}");
        }

        onNote($"installing {list}");
        var since = Stopwatch.StartNew();
        if (!(await InstallAsync(missing).ConfigureAwait(false)).Succeeded)
        {
            // The package lists may be old or were never fetched.
            await AptAsync(["update"]).ConfigureAwait(false);
            var again = await InstallAsync(missing).ConfigureAwait(false);
            if (!again.Succeeded)
            {
                throw new ClusterException(
                    $"apt-get could not install what the lab needs; try: apt-get install --no-install-recommends {list}",
                    [.. again.StandardError.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(5)]);
            }
        }

        onNote($"installed {list}   {since.Elapsed.TotalSeconds:0} s");
    }

    private static Task<CommandResult> InstallAsync(IReadOnlyList<string> packages) =>
        AptAsync(["install", "--yes", $"--option=DPkg::Lock::Timeout={LockTime.TotalSeconds}", "--no-install-recommends", .. packages]);

    private static Task<CommandResult> AptAsync(IReadOnlyList<string> arguments) => new CommandRunner().RunAsync(new Command("apt-get", ["--quiet", .. arguments])
    {
        Environment = new Dictionary<string, string?> { ["DEBIAN_FRONTEND"] = "noninteractive" },
        Timeout = TimeSpan.FromMinutes(10),
    });
}
