using System.Globalization;
using Infra.MySql.Profiles;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>The most memory that each helper of a seeding was seen to hold (VmHWM, resident, shared libraries included).</summary>
/// <param name="lab">The instance.</param>
/// <param name="seeding">How its servers get their data.</param>
internal sealed class PeakMemory(TemporaryLab lab, SeedingMethod seeding)
{
    // The preparation of a small copy is over within 200.
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(50);

    // What the helpers' programs are called here, on the donor and on the replica.
    private static readonly Dictionary<string, string> OfDonor = new() { ["xtrabackup"] = "backup", ["xbstream"] = "xbstream", ["ncat"] = "ncat" };
    private static readonly Dictionary<string, string> OfReplica =
        new() { ["xtrabackup"] = "prepare", ["xbstream"] = "xbstream", ["ncat"] = "ncat", ["mysqld"] = "scratch" };

    private readonly Dictionary<string, double> megabytes = [];

    /// <summary>
    /// The peaks in megabytes, by helper: <c>backup</c> and <c>prepare</c> (xtrabackup), <c>xbstream</c>, <c>ncat</c>; <c>scratch</c>, the server that
    /// receives a clone.
    /// </summary>
    public IReadOnlyDictionary<string, double> Megabytes => megabytes;

    /// <summary>Looks at the processes of both sides until cancelled.</summary>
    /// <param name="donor">The pod that sends.</param>
    /// <param name="replica">The pod that receives.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task WatchAsync(string donor, string replica, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            Look(donor, seeding.Sidecar, OfDonor);
            Look(replica, "clone-mysql", OfReplica);
            await Task.Delay(LookPeriod, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Look(string pod, string container, Dictionary<string, string> helpers)
    {
        if (lab.Cluster.FindPod(pod)?.Containers.FirstOrDefault(one => one.Name == container) is not { Pid: > 0 } running || Space(running.Pid) is not { } space)
        {
            return;
        }

        foreach (var pid in Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0])))
        {
            var number = int.Parse(pid!, CultureInfo.InvariantCulture);
            if (Space(number) == space && Read(number) is var (program, peak) && helpers.TryGetValue(program, out var helper))
            {
                megabytes[helper] = Math.Max(megabytes.GetValueOrDefault(helper), peak);
            }
        }
    }

    private static (string Program, double Megabytes) Read(int pid)
    {
        try
        {
            var fields = File.ReadLines($"/proc/{pid}/status").Select(line => line.Split(':', 2)).ToDictionary(pair => pair[0], pair => pair[^1].Trim());
            var kilobytes = fields.GetValueOrDefault("VmHWM", "0 kB").Split(' ')[0];
            return (fields["Name"], double.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024 / 1e6);
        }
        catch (IOException)
        {
            // It has just ended.
            return (string.Empty, 0);
        }
    }

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
