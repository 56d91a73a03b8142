using Lab.Dns;
using Lab.Podman;
using Lab.Pods;
using Lab.Processes;

namespace Lab;

/// <summary>Takes an instance down: its controller, its name server, and everything in podman that carries its label.</summary>
/// <param name="folder">The instance's folder.</param>
public sealed class LabDown(LabFolder folder)
{
    private static readonly TimeSpan StopTime = TimeSpan.FromMinutes(5);

    private readonly CommandRunner _runner = new();

    /// <summary>Takes it down; safe to run twice, after a crash, and where nothing ever ran.</summary>
    /// <param name="purge">Whether the claims and their data go too.</param>
    /// <param name="grace">How long the containers may take to end in order; 30 s by default.</param>
    /// <exception cref="ClusterException">Something could not be removed.</exception>
    public async Task RunAsync(bool purge, TimeSpan? grace = null)
    {
        if (!Directory.Exists(folder.Path))
        {
            folder.Create();
        }

        await new LabDaemon(folder).StopAsync().ConfigureAwait(false);
        var podman = new PodmanClient(folder, _runner);
        podman.Configure();
        var claims = new ClaimStore(folder, podman, _runner);
        await RemovePodsAsync(podman, grace ?? TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        foreach (var own in PodRecord.LoadAll(folder).SelectMany(pod => pod.OwnClaims, (pod, claim) => (pod.Namespace, claim)))
        {
            await claims.RemoveAsync(own.Namespace, own.claim).ConfigureAwait(false);
        }

        new Dnsmasq(folder, _runner).Stop();
        if (purge)
        {
            await claims.RemoveAllAsync().ConfigureAwait(false);
        }
        else
        {
            await claims.UnmountAsync().ConfigureAwait(false);
        }

        foreach (var network in await ListAsync(podman, "network", "ls").ConfigureAwait(false))
        {
            await podman.RunAsync("network", "rm", network).ConfigureAwait(false);
        }

        await RemoveFolderAsync(purge).ConfigureAwait(false);
    }

    private async Task RemovePodsAsync(PodmanClient podman, TimeSpan grace)
    {
        // All at once, as the deletion of a namespace does; a container is killed when its time is up.
        var pods = await ListAsync(podman, "pod", "ps").ConfigureAwait(false);
        await Task.WhenAll(pods.Select(pod => podman.TryAsync(["pod", "stop", "--ignore", "--time", $"{grace.TotalSeconds:0}", pod], StopTime))).ConfigureAwait(false);
        foreach (var pod in pods)
        {
            await podman.RunAsync("pod", "rm", "--force", "--ignore", "--time", "0", pod).ConfigureAwait(false);
        }

        foreach (var container in await ListAsync(podman, "ps", "--all").ConfigureAwait(false))
        {
            await podman.RunAsync("rm", "--force", "--ignore", "--volumes", "--time", "0", container).ConfigureAwait(false);
        }
    }

    private async Task RemoveFolderAsync(bool purge)
    {
        foreach (var mounted in MountTable.Below(folder.Pods))
        {
            await _runner.RunAsync(new Command("umount", [mounted])).ConfigureAwait(false);
        }

        // Disks of claims that stay are in it.
        if (purge || !Directory.Exists(folder.Disks))
        {
            Directory.Delete(folder.Path, recursive: true);
            return;
        }

        foreach (var entry in Directory.EnumerateFileSystemEntries(folder.Path).Where(entry => entry != folder.Disks))
        {
            if (Directory.Exists(entry))
            {
                Directory.Delete(entry, recursive: true);
            }
            else
            {
                File.Delete(entry);
            }
        }
    }

    private async Task<IReadOnlyList<string>> ListAsync(PodmanClient podman, params string[] list) =>
        (await podman.RunAsync([.. list, "--quiet", "--filter", $"label={folder.LabelArgument}"]).ConfigureAwait(false))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
