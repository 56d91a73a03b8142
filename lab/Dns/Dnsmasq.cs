using System.Globalization;
using Lab.Podman;
using Lab.Processes;

namespace Lab.Dns;

/// <summary>The cluster's name server: one dnsmasq on the bridge's address, with records from a file.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="runner">Starts it.</param>
public sealed class Dnsmasq(LabFolder folder, ICommandRunner runner)
{
    private IReadOnlyList<DnsRecord>? _published;

    /// <summary>Starts it unless one of this instance runs already.</summary>
    /// <exception cref="ClusterException">It cannot start.</exception>
    public async Task EnsureAsync(PodNetwork network)
    {
        if (Running() is not null)
        {
            return;
        }

        if (!File.Exists(folder.DnsRecords))
        {
            AtomicFile.Write(folder.DnsRecords, "");
        }

        // bind-dynamic: the bridge comes and goes with the first and the last pod. local=/#/: an unknown name is answered "no such name" at once.
        var started = await runner.RunAsync(new Command("dnsmasq",
        [
            "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--local=/#/", $"--addn-hosts={folder.DnsRecords}", "--local-ttl=1",
            $"--interface={network.Interface}", "--except-interface=lo", "--bind-dynamic", "--user=root", $"--pid-file={folder.DnsPid}",
            "--log-facility=/dev/null",
        ])).ConfigureAwait(false);
        if (!started.Succeeded)
        {
            throw new ClusterException($"The cluster's name server (dnsmasq) cannot start: {started.StandardError.Trim()}");
        }

        _published = null;
    }

    /// <summary>Publishes records unless they are published already.</summary>
    /// <returns>Whether they have changed.</returns>
    public bool Publish(IReadOnlyList<DnsRecord> records)
    {
        if (_published is not null && _published.SequenceEqual(records))
        {
            return false;
        }

        AtomicFile.Write(folder.DnsRecords, string.Concat(records.Select(record => $"{record.Address} {record.Name}\n")));
        Running()?.Signal(PosixSignalNumber.Hangup);
        _published = records;
        return true;
    }

    /// <summary>Ends it.</summary>
    public void Stop()
    {
        Running()?.Signal(PosixSignalNumber.Terminate);
        File.Delete(folder.DnsPid);
        File.Delete(folder.DnsRecords);
    }

    // A process with its number that isn't it would be someone else's: the records' file in its command line tells.
    private WatchedProcess? Running() =>
        int.TryParse(AtomicFile.Read(folder.DnsPid), CultureInfo.InvariantCulture, out var pid) && WatchedProcess.Find(pid) is { } process
            && process.CommandLine().Contains($"--addn-hosts={folder.DnsRecords}") ? process : null;
}
