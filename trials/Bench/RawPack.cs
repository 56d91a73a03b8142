using System.Diagnostics;
using Cli.Commands;
using Lab;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>Packs a server's directory with <c>tar | zstd</c>, and unpacks it again: what a backup is measured against.</summary>
internal sealed class RawPack
{
    private const string Scripts = "/mnt/bench";
    private const string From = "/mnt/from";
    private const string To = "/mnt/to";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private readonly SideContainer container;

    private RawPack(SideContainer container) => this.container = container;

    /// <summary>Starts the container that does it.</summary>
    /// <param name="lab">The instance.</param>
    /// <param name="image">An image with tar and zstd.</param>
    /// <param name="directory">What to pack, on this machine.</param>
    public static async Task<RawPack> StartAsync(TemporaryLab lab, string image, string directory)
    {
        var folder = Path.Combine(lab.Folder.Path, "raw");
        Directory.CreateDirectory(folder);
        return new RawPack(await SideContainer.StartAsync(lab, "raw-pack", image, (Path.Combine(ProjectFolder.Root, "trials", "Bench"), Scripts), (directory, From), (folder, To)));
    }

    /// <summary>Packs and unpacks once.</summary>
    /// <returns>How long each took, in seconds.</returns>
    /// <exception cref="ClusterException">A program failed.</exception>
    public async Task<(double Pack, double Unpack)> RunAsync(CancellationToken cancel) => (
        await RunAsync(["bash", $"{Scripts}/raw-pack.sh", From, $"{To}/raw.tar.zst"], cancel),
        await RunAsync(["bash", $"{Scripts}/raw-unpack.sh", $"{To}/raw.tar.zst", $"{To}/data"], cancel));

    private async Task<double> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var result = await container.ExecAsync(arguments, Limit, cancel);
        return result.Succeeded ? watch.Elapsed.TotalSeconds : throw new ClusterException($"{arguments[1]} failed", result.StandardError.Split('\n'));
    }
}
