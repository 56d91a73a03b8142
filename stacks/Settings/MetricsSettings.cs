using Infra.MySql;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of a system's metrics: the exporter's image, and which of the objects around it are made.</summary>
internal static class MetricsSettings
{
    /// <summary>Reads the section; nothing where it is left out.</summary>
    public static MySqlMetricsArgs? Read(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var args = new MySqlMetricsArgs
        {
            Image = node.Optional("image", SettingTypes.Text("an image such as prom/mysqld-exporter:v0.19.0")).ToInput(),
            PodMonitor = Switch(node, "podMonitor"),
            Rules = Switch(node, "rules"),
            Dashboard = Switch(node, "dashboard"),
            Labels = node.Optional("labels", SettingTypes.Labels).ToInput(),
        };
        node.RejectOthers();
        return args;
    }

    /// <summary>What was said; nothing where it was not, as left out does not mean no.</summary>
    private static bool? Switch(SettingsNode node, string key)
    {
        var said = node.Optional(key, SettingTypes.Flag);
        return node.Has(key) ? said : null;
    }
}
