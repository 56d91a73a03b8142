using System.Diagnostics;
using Cli.Commands;
using Lab;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>Copies a server's directory between two containers of the pods' network with <c>tar | ncat | tar</c>: what seeding is measured against.</summary>
internal sealed class RawCopy
{
    private const string Scripts = "/mnt/bench";
    private const string From = "/mnt/from";
    private const string To = "/mnt/to";
    private const string Port = "3999";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private readonly string folder;
    private readonly SideContainer sender;
    private readonly SideContainer receiver;
    private readonly string address;

    private RawCopy(string folder, SideContainer sender, SideContainer receiver, string address) =>
        (this.folder, this.sender, this.receiver, this.address) = (folder, sender, receiver, address);

    /// <summary>Starts the two containers.</summary>
    /// <param name="lab">The instance.</param>
    /// <param name="image">An image with tar and ncat.</param>
    /// <param name="directory">What to copy, on this machine.</param>
    public static async Task<RawCopy> StartAsync(TemporaryLab lab, string image, string directory)
    {
        var scripts = Path.Combine(ProjectFolder.Root, "trials", "Bench");
        var folder = Path.Combine(lab.Folder.Path, "raw");
        Directory.CreateDirectory(folder);
        var sender = await SideContainer.StartAsync(lab, "raw-send", image, (scripts, Scripts), (directory, From));
        var receiver = await SideContainer.StartAsync(lab, "raw-receive", image, (scripts, Scripts), (folder, To));
        return new RawCopy(folder, sender, receiver, await receiver.AddressAsync(lab));
    }

    /// <summary>Copies once, and removes the copy.</summary>
    /// <returns>How long it took, from the sender's start to the receiver's end.</returns>
    public async Task<TimeSpan> RunAsync(CancellationToken cancel)
    {
        var receiving = receiver.ExecAsync(["bash", $"{Scripts}/raw-receive.sh", To, Port], Limit, cancel);
        // It has long been listening then; a second is nothing beside the copy, and is not counted.
        await Task.Delay(TimeSpan.FromSeconds(1), cancel);
        var watch = Stopwatch.StartNew();
        var sent = await sender.ExecAsync(["bash", $"{Scripts}/raw-send.sh", From, address, Port], Limit, cancel);
        var received = await receiving;
        var took = watch.Elapsed;
        foreach (var failed in new[] { sent, received }.Where(one => !one.Succeeded))
        {
            throw new ClusterException("the raw copy failed", failed.StandardError.Split('\n'));
        }

        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            (entry as DirectoryInfo)?.Delete(recursive: true);
            (entry as FileInfo)?.Delete();
        }

        return took;
    }
}
