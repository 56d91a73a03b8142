using System.Collections.Immutable;
using Infra.MySql;
using Infra.Workloads;
using Pulumi;

namespace Stacks.Settings;

/// <summary>The settings of a Service for clients: its type and its annotations.</summary>
internal static class ExposureSettings
{
    /// <summary>Reads the section.</summary>
    public static ServiceExposure Read(SettingsNode node)
    {
        var type = node.Optional("type", SettingTypes.OneOf(Enum.GetNames<ServiceType>()), nameof(ServiceType.ClusterIP));
        var annotations = node.Optional("annotations", SettingTypes.Annotations, ImmutableSortedDictionary<string, string>.Empty);
        foreach (var key in annotations.Keys)
        {
            node.Report($"annotations.{key}", AnnotationKey.Problem(key));
        }

        node.RejectOthers();
        return new ServiceExposure
        {
            Type = Enum.Parse<ServiceType>(type),
            Annotations = annotations.ToImmutableDictionary(pair => pair.Key, pair => (Input<string>)pair.Value),
        };
    }
}
