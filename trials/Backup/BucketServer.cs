using System.Diagnostics;
using System.Globalization;
using System.Net;
using Cli.Commands;
using Trials.Instances;

namespace Trials.Backup;

/// <summary>A server of a trial's own that speaks S3, on this machine, and the way to it, which can be cut.</summary>
internal sealed class BucketServer : IAsyncDisposable
{
    /// <summary>What both halves of the credentials are that it takes.</summary>
    public const string Key = "S3RVER";

    /// <summary>Its only bucket.</summary>
    public const string Bucket = "backups";

    private const string ObjectSuffix = "._S3rver_object";

    private readonly TemporaryFolder folder = new();
    private readonly Process process;
    private readonly CutConnections way;

    private BucketServer(IPAddress address)
    {
        var port = FreePort.Find();
        process = Process.Start(new ProcessStartInfo(
            "node", [Path.Combine(ProjectFolder.Root, "trials", "Backup", "s3rver.js"), Tools, Path.Combine(folder.Root, "data"), port.ToString(CultureInfo.InvariantCulture)])
        { RedirectStandardOutput = true })!;
        way = new CutConnections(address, new IPEndPoint(IPAddress.Loopback, port));
    }

    /// <summary>Why there is none on this machine; nothing where there is one.</summary>
    public static string? Missing => Directory.Exists(Tools) ? null : $"there is no {Tools}; ./dev test fetches it: bash trials/Backup/s3rver.sh .dev/s3rver";

    /// <summary>Where pods find it.</summary>
    public Uri EndPoint => new($"http://{way.EndPoint}");

    /// <summary>Starts one.</summary>
    /// <param name="address">The address of this machine that pods reach.</param>
    public static async Task<BucketServer> StartAsync(string address)
    {
        var server = new BucketServer(IPAddress.Parse(address));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await server.process.StandardOutput.ReadLineAsync(limit.Token);
        return server;
    }

    /// <summary>From now on so many more bytes come through, and then nothing does.</summary>
    public void CutAfter(long bytes) => way.CutAfter(bytes);

    /// <summary>Everything comes through again.</summary>
    public void Mend() => way.CutAfter(long.MaxValue);

    /// <summary>From now on its credentials may only read.</summary>
    public void ReadsOnly() => folder.Write("data.reads-only", string.Empty);

    /// <summary>From now on they may write, too.</summary>
    public void Writes() => File.Delete(Path.Combine(folder.Root, "data.reads-only"));

    /// <summary>The objects whose names begin so, each with the file that holds it.</summary>
    public IReadOnlyDictionary<string, string> Objects(string prefix = "")
    {
        var bucket = Path.Combine(folder.Root, "data", Bucket);
        return Directory.EnumerateFiles(bucket, $"*{ObjectSuffix}", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(bucket, file)[..^ObjectSuffix.Length], File: file))
            .Where(one => one.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(one => one.Name, one => one.File);
    }

    /// <summary>Changes one byte in the middle of an object, as a disk may.</summary>
    /// <param name="name">The object.</param>
    /// <param name="known">Whether the server still tells the digest of what it was given.</param>
    public void Damage(string name, bool known)
    {
        var path = Objects()[name];
        using var file = File.Open(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        var there = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(there ^ 1));
        if (!known)
        {
            File.Delete($"{path}.md5");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await way.DisposeAsync();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        folder.Dispose();
    }

    private static string Tools => Path.Combine(ProjectFolder.Root, ".dev", "s3rver");
}
