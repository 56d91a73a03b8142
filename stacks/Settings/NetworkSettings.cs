using Infra.Workloads;
using Pulumi;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of who may reach a system.</summary>
internal static class NetworkSettings
{
    /// <summary>Reads the section; nothing where it is left out.</summary>
    public static NetworkArgs? Read(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var policy = node.Optional("policy", SettingTypes.FlagOrNothing);
        var peers = node.OptionalSections("from", "a list of peers, such as namespace: shop")?.Select(Peer).ToArray();
        node.RejectOthers();
        return new NetworkArgs { Policy = policy, From = peers is null ? null : (InputList<NetworkPeerArgs>)peers };
    }

    private static NetworkPeerArgs Peer(SettingsNode node)
    {
        var peer = new NetworkPeerArgs
        {
            Namespace = node.Optional("namespace", SettingTypes.Text("a namespace, or * for every one")).ToInput(),
            Labels = node.Optional("labels", SettingTypes.Labels).ToInput(),
            Cidr = node.Optional("cidr", SettingTypes.Text("a range of addresses such as 10.0.0.0/8")).ToInput(),
        };
        node.RejectOthers();
        return peer;
    }
}
