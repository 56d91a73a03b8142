using System.Text.Json.Nodes;

namespace Lab.Cluster.Podman;

/// <summary>The bridge network of an instance's pods.</summary>
/// <param name="Name">Its podman name.</param>
/// <param name="Interface">The bridge on this machine.</param>
/// <param name="Gateway">The bridge's address, where the name server listens.</param>
public sealed record PodNetwork(string Name, string Interface, string Gateway)
{
    /// <summary>Finds the instance's network, or makes it on a subnet that podman finds free.</summary>
    /// <exception cref="ClusterException">Podman cannot make it.</exception>
    public static async Task<PodNetwork> EnsureAsync(LabFolder folder, PodmanClient podman)
    {
        if (!(await podman.TryAsync(["network", "exists", folder.Id]).ConfigureAwait(false)).Succeeded)
        {
            await podman.RunAsync("network", "create", "--disable-dns", "--label", folder.LabelArgument, folder.Id).ConfigureAwait(false);
        }

        var json = JsonNode.Parse(await podman.RunAsync("network", "inspect", folder.Id).ConfigureAwait(false))?[0];
        return new PodNetwork(
            folder.Id,
            (string?)json?["network_interface"] ?? "",
            (string?)json?["subnets"]?[0]?["gateway"] ?? throw new ClusterException($"Network {folder.Id} has no gateway."));
    }
}
