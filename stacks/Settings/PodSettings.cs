using Infra.Workloads;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of where pods run, which all systems have.</summary>
internal static class PodSettings
{
    /// <summary>Reads them; nothing where all are left out.</summary>
    public static PodSettingsArgs? Read(SettingsNode node) =>
        node.Optional("spread", SettingTypes.Word(PodSpread.All)) is { } spread ? new PodSettingsArgs { Spread = spread.ToInput() } : null;
}
