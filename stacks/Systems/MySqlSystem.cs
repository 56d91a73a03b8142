using Infra.MySql;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>A MySQL system of the stack: from its settings to the component and what the stack tells of it.</summary>
internal static class MySqlSystem
{
    /// <summary>Registers the system.</summary>
    public static RegisteredSystem Register(MySqlSettings settings, ComponentResourceOptions options)
    {
        var cluster = new MySqlCluster(settings.Name, settings.Args, options);
        var outputs = new Dictionary<string, object?>
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
        return new RegisteredSystem(outputs, AfterDestroy.Line(settings.Place.Namespace, cluster.Workload.Selector));
    }
}
