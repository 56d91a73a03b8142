using System.Text.Json.Nodes;
using Lab.Processes;

namespace Lab.Podman;

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

    /// <summary>Has the bridge keep the hardware address that it has now; to be called whenever a pod has been connected.</summary>
    /// <remarks>
    /// A bridge goes by the lowest address of those connected to it. When that pod is gone, the bridge has another, and for up to half a minute
    /// the other pods send what they ask of the name server to the old one. An address that was set stays; netavark makes the bridge with the
    /// first pod and removes it with the last.
    /// </remarks>
    /// <exception cref="ClusterException">It cannot be set.</exception>
    public async Task KeepAddressAsync()
    {
        const string WasSet = "3";
        var device = Path.Combine("/sys/class/net", Interface);
        if (AtomicFile.Read(Path.Combine(device, "addr_assign_type"))?.Trim() is null or WasSet || AtomicFile.Read(Path.Combine(device, "address")) is not { } address)
        {
            return;
        }

        var set = await new CommandRunner().RunAsync(new Command("ip", ["link", "set", "dev", Interface, "address", address.Trim()])).ConfigureAwait(false);
        if (!set.Succeeded)
        {
            throw new ClusterException($"The address of {Interface} cannot be set: {set.StandardError.Trim()}");
        }
    }
}
