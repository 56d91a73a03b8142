using System.Diagnostics;
using Cli.Commands;
using Lab;
using Lab.Processes;

namespace Trials.Bench;

/// <summary>Packs a server's directory with <c>tar | zstd</c>, and unpacks it again: what a backup is measured against. It runs beside the containers, as the server's image has no tar.</summary>
/// <param name="directory">What to pack.</param>
/// <param name="folder">Where to.</param>
internal sealed class RawPack(string directory, string folder)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private readonly string file = Path.Combine(folder, "raw.tar.zst");

    /// <summary>Packs and unpacks once.</summary>
    /// <returns>How long each took, in seconds.</returns>
    /// <exception cref="ClusterException">A program failed, or is not there.</exception>
    public async Task<(double Pack, double Unpack)> RunAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(folder);
        return (await RunAsync("raw-pack.sh", directory, file, cancel), await RunAsync("raw-unpack.sh", file, Path.Combine(folder, "data"), cancel));
    }

    private static async Task<double> RunAsync(string script, string from, string to, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        var result = await new CommandRunner().RunAsync(new Command("bash", [Path.Combine(ProjectFolder.Root, "trials", "Bench", script), from, to]) { Timeout = Limit }, cancel);
        return result.Succeeded ? watch.Elapsed.TotalSeconds : throw new ClusterException($"{script} failed", result.StandardError.Split('\n'));
    }
}
