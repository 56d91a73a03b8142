using Infra.Web;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>A web system of the stack: from its settings to the component and what the stack tells of it.</summary>
internal static class WebSystem
{
    /// <summary>Registers the system and returns its outputs.</summary>
    public static Dictionary<string, object?> Register(WebSettings settings, InputList<Resource> after)
    {
        var cluster = new WebCluster(settings.Name, new WebClusterArgs
        {
            Service = settings.Service,
            Namespace = settings.Place.Namespace,
            Domain = settings.Place.Domain,
            ImagePullPolicy = settings.Place.PullPolicy.ToInput(),
            ReadyTimeout = settings.Place.ReadyTimeout,
            Replicas = settings.Replicas,
            Image = settings.ServerImage.ToInput() ?? new WebClusterArgs().Image,
            Storage = settings.Storage.ToInput(),
            StorageClass = settings.StorageClass.ToInput(),
            After = after,
        });
        return new()
        {
            ["name"] = settings.Name,
            ["namespace"] = settings.Place.Namespace,
            ["readHost"] = cluster.ServiceHost,
            ["podHosts"] = cluster.PodHosts,
            ["images"] = new Dictionary<string, object?> { ["server"] = cluster.Image },
        };
    }
}
