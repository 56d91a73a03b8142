using Infra.Web;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>A web system of the stack: from its settings to the component and what the stack tells of it.</summary>
internal static class WebSystem
{
    /// <summary>Registers the system and returns its outputs.</summary>
    public static Dictionary<string, object?> Register(WebSettings settings, ComponentResourceOptions options)
    {
        var cluster = new WebCluster(settings.Name, settings.Args, options);
        return new()
        {
            ["name"] = settings.Name,
            ["namespace"] = settings.Place.Namespace,
            ["reader"] = cluster.Reader,
            ["podHosts"] = cluster.PodHosts,
            ["serverImage"] = cluster.Image,
        };
    }
}
