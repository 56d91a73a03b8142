using Infra.MySql;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of a Service for clients: its type and its annotations.</summary>
internal static class ExposureSettings
{
    /// <summary>Reads the section; nothing where it is left out.</summary>
    public static ServiceExposureArgs? Read(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var type = node.Optional("type", SettingTypes.Word(ServiceExposureArgs.Types));
        var annotations = node.Optional("annotations", SettingTypes.Annotations);
        node.RejectOthers();
        return new ServiceExposureArgs { Type = type.ToInput(), Annotations = annotations.ToInput() };
    }
}
