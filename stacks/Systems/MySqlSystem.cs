using Infra.MySql;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>A MySQL system of the stack: from its settings to the component and what the stack tells of it.</summary>
internal static class MySqlSystem
{
    /// <summary>Registers the system and returns its outputs.</summary>
    public static Dictionary<string, object?> Register(MySqlSettings settings, ComponentResourceOptions options)
    {
        var cluster = new MySqlCluster(settings.Name, settings.Args, options);
        return new()
        {
            ["name"] = settings.Name,
            ["namespace"] = settings.Place.Namespace,
            ["writer"] = cluster.Writer,
            ["reader"] = cluster.Reader,
            ["podHosts"] = cluster.PodHosts,
            ["secretName"] = cluster.SecretName,
            ["serverImage"] = cluster.ServerImage,
            ["xtrabackupImage"] = cluster.XtrabackupImage,
        };
    }
}
