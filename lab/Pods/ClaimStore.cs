using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Lab.Podman;
using Lab.Processes;

namespace Lab.Pods;

/// <summary>Claims: named podman volumes that outlive pods.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="podman">Keeps the volumes.</param>
/// <param name="runner">Runs mkfs.</param>
public sealed class ClaimStore(LabFolder folder, PodmanClient podman, ICommandRunner runner)
{
    private const string NameLabel = LabFolder.Label + ".claim";
    private const string NamespaceLabel = LabFolder.Label + ".namespace";

    private readonly ConcurrentDictionary<string, string> _paths = [];

    /// <summary>Finds or makes a claim; the path of its root on this machine.</summary>
    public async Task<string> EnsureAsync(string @namespace, string claim)
    {
        var volume = folder.NameOf(@namespace, claim);
        if (!_paths.TryGetValue(volume, out var path) || !Directory.Exists(path))
        {
            _paths[volume] = path = await FindOrMakeAsync(volume, @namespace, claim).ConfigureAwait(false);
        }

        return path;
    }

    /// <summary>Whether a claim is there.</summary>
    public async Task<bool> ExistsAsync(string @namespace, string claim) =>
        (await podman.TryAsync(["volume", "exists", folder.NameOf(@namespace, claim)]).ConfigureAwait(false)).Succeeded;

    /// <summary>Removes a claim and its data, if it is there.</summary>
    public async Task RemoveAsync(string @namespace, string claim)
    {
        var volume = folder.NameOf(@namespace, claim);
        _paths.TryRemove(volume, out _);
        if (await ExistsAsync(@namespace, claim).ConfigureAwait(false))
        {
            await podman.RunAsync("volume", "rm", "--force", volume).ConfigureAwait(false);
        }
    }

    /// <summary>Makes a claim of a fixed size before a pod asks for it: a small disk that can be full.</summary>
    /// <param name="namespace">Its namespace.</param>
    /// <param name="claim">Its name, such as <c>data-db-1</c>.</param>
    /// <param name="megabytes">Its size; ext4 needs at least about 8.</param>
    /// <exception cref="ClusterException">It is there already, or this machine cannot make it.</exception>
    public async Task CreateSizedAsync(string @namespace, string claim, int megabytes)
    {
        var volume = folder.NameOf(@namespace, claim);
        if (await ExistsAsync(@namespace, claim).ConfigureAwait(false))
        {
            throw new ClusterException($"Claim {claim} is there already.");
        }

        Directory.CreateDirectory(folder.Disks);
        var disk = Path.Combine(folder.Disks, $"{volume}.img");
        using (var file = File.Create(disk))
        {
            file.SetLength(megabytes * 1024L * 1024);
        }

        var made = await runner.RunAsync(new Command("mkfs.ext4", ["-q", "-F", "-m", "0", disk])).ConfigureAwait(false);
        if (!made.Succeeded)
        {
            throw new ClusterException($"No file system of {megabytes} MB could be made: {made.StandardError.Trim()}");
        }

        await podman.RunAsync(
            ["volume", "create", .. Labels(@namespace, claim), "--opt", "type=ext4", "--opt", "o=loop", "--opt", $"device={disk}", volume]).ConfigureAwait(false);
    }

    /// <summary>All claims of the instance.</summary>
    public async Task<IReadOnlyList<Claim>> ListAsync()
    {
        var json = await podman.RunAsync("volume", "ls", "--filter", $"label={folder.LabelArgument}", "--format", "json").ConfigureAwait(false);
        return [.. (JsonNode.Parse(json) as JsonArray ?? []).Select(volume => new Claim(
            (string?)volume?["Labels"]?[NamespaceLabel] ?? "",
            (string?)volume?["Labels"]?[NameLabel] ?? "",
            (string?)volume?["Name"] ?? "",
            (string?)volume?["Mountpoint"] ?? ""))];
    }

    /// <summary>Lets go of disks that are mounted, which only claims of a fixed size are.</summary>
    public async Task UnmountAsync()
    {
        foreach (var claim in await ListAsync().ConfigureAwait(false))
        {
            while (MountTable.Contains(claim.Path))
            {
                await podman.RunAsync("volume", "unmount", claim.Volume).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Removes all claims and their data.</summary>
    public async Task RemoveAllAsync()
    {
        await UnmountAsync().ConfigureAwait(false);
        foreach (var claim in await ListAsync().ConfigureAwait(false))
        {
            await podman.RunAsync("volume", "rm", "--force", claim.Volume).ConfigureAwait(false);
        }

        if (Directory.Exists(folder.Disks))
        {
            Directory.Delete(folder.Disks, recursive: true);
        }
    }

    private async Task<string> FindOrMakeAsync(string volume, string @namespace, string claim)
    {
        if (!(await podman.TryAsync(["volume", "exists", volume]).ConfigureAwait(false)).Succeeded)
        {
            await podman.RunAsync(["volume", "create", .. Labels(@namespace, claim), volume]).ConfigureAwait(false);
        }

        var json = JsonNode.Parse(await podman.RunAsync("volume", "inspect", volume).ConfigureAwait(false))?[0];
        var path = (string?)json?["Mountpoint"] ?? throw new ClusterException($"Claim {claim} has no place on this machine.");
        if (json?["Options"]?["type"] is not null && !MountTable.Contains(path))
        {
            await podman.RunAsync("volume", "mount", volume).ConfigureAwait(false);
        }

        return path;
    }

    private string[] Labels(string @namespace, string claim) =>
        ["--label", folder.LabelArgument, "--label", $"{NamespaceLabel}={@namespace}", "--label", $"{NameLabel}={claim}"];
}

/// <summary>A claim.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name, such as <c>data-db-0</c>.</param>
/// <param name="Volume">Its podman volume.</param>
/// <param name="Path">Its root on this machine.</param>
public sealed record Claim(string Namespace, string Name, string Volume, string Path);
