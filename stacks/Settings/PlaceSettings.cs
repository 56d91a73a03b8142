using Infra.Identity;

namespace Stacks.Settings;

/// <summary>Where a system runs and how it gets there: the settings that all systems have.</summary>
public sealed record PlaceSettings
{
    /// <summary>The namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether the stack makes the namespace, and then protects it: deleting a namespace deletes the claims in it.</summary>
    public required bool CreateNamespace { get; init; }

    /// <summary>The cluster's DNS domain.</summary>
    public required string Domain { get; init; }

    /// <summary>When nodes pull images; the cluster's choice where there is none.</summary>
    public string? PullPolicy { get; init; }

    /// <summary>How long a deployment waits for all servers; the component's default where there is none.</summary>
    public TimeSpan? ReadyTimeout { get; init; }

    internal static PlaceSettings Read(SettingsNode node)
    {
        var minutes = node.Optional("timeoutMinutes", SettingTypes.WholeNumber(1, "it is a time in minutes, at least 1"), 0);
        return new PlaceSettings
        {
            Namespace = node.Optional("namespace", SettingTypes.Namespace, "default"),
            CreateNamespace = node.Optional("createNamespace", SettingTypes.Flag, false),
            Domain = node.Optional("domain", SettingTypes.Text, StatefulIdentity.DefaultDomain),
            PullPolicy = node.Optional("pullPolicy", SettingTypes.OneOf("Always", "IfNotPresent", "Never")),
            ReadyTimeout = minutes == 0 ? null : TimeSpan.FromMinutes(minutes),
        };
    }
}
