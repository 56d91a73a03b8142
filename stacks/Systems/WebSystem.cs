using Infra.Web;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>A web system of the stack: from its settings to the component and what the stack tells of it.</summary>
internal static class WebSystem
{
    /// <summary>Registers the system.</summary>
    public static RegisteredSystem Register(WebSettings settings, ComponentResourceOptions options)
    {
        var cluster = new WebCluster(settings.Name, settings.Args, options);
        var outputs = new Dictionary<string, object?>
        {
            ["name"] = settings.Name,
            ["namespace"] = settings.Place.Namespace,
            ["reader"] = cluster.Reader,
            ["podHosts"] = cluster.PodHosts,
            ["serverImage"] = cluster.Image,
        };
        return new RegisteredSystem(outputs, AfterDestroy.Line(settings.Place.Namespace, cluster.Workload.Selector));
    }
}
