using Infra.Identity;

namespace Stacks.Settings;

/// <summary>What the name of a system has to be beyond a DNS label.</summary>
internal static class SystemName
{
    /// <summary>Notes a name that leaves no room for the ordinals of its pods.</summary>
    public static void Check(SettingsNode node, string name, int replicas) => node.Report("name", ResourceName.RoomProblem(name, replicas));
}
