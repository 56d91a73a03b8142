namespace Stacks.Settings;

/// <summary>Where a system runs: settings that all systems have, and that are the stack's to act on.</summary>
/// <param name="Namespace">The namespace. A stack always names one: the one that a kubeconfig happens to name would move a system with its reader.</param>
/// <param name="CreateNamespace">Whether the stack makes the namespace, and then protects it: deleting a namespace deletes the claims in it.</param>
public sealed record PlaceSettings(string Namespace, bool CreateNamespace)
{
    private const string DefaultNamespace = "default";

    internal static PlaceSettings Read(SettingsNode node) => new(
        node.Optional("namespace", SettingTypes.Text("a DNS label such as shop")) ?? DefaultNamespace,
        node.Optional("createNamespace", SettingTypes.Flag));
}
