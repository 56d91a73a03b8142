using Infra.MySql;
using Pulumi;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>A MySQL system of the stack: from its settings to the component and what the stack tells of it.</summary>
internal static class MySqlSystem
{
    /// <summary>Registers the system and returns its outputs.</summary>
    public static Dictionary<string, object?> Register(MySqlSettings settings, InputList<Resource> after)
    {
        var standard = new MySqlClusterArgs();
        var cluster = new MySqlCluster(settings.Name, new MySqlClusterArgs
        {
            Namespace = settings.Place.Namespace,
            Domain = settings.Place.Domain,
            ImagePullPolicy = settings.Place.PullPolicy.ToInput(),
            ReadyTimeout = settings.Place.ReadyTimeout,
            Replicas = settings.Replicas,
            Profile = settings.Profile,
            Durability = settings.Durability,
            Read = settings.ReadExposure,
            Write = settings.WriteExposure,
            Images = new MySqlImages { Server = settings.ServerImage.ToInput(), Xtrabackup = settings.XtrabackupImage.ToInput() },
            Storage = settings.Storage.ToInput() ?? standard.Storage,
            StorageClass = settings.StorageClass.ToInput(),
            Cpu = settings.Cpu.ToInput() ?? standard.Cpu,
            Memory = settings.Memory.ToInput() ?? standard.Memory,
            ServerOptions = settings.ServerOptions,
            MaxLagSeconds = settings.MaxLagSeconds ?? standard.MaxLagSeconds,
            SeedTimeoutSeconds = settings.SeedTimeoutSeconds ?? standard.SeedTimeoutSeconds,
            StartupSeconds = settings.StartupSeconds ?? standard.StartupSeconds,
            GracePeriodSeconds = settings.GracePeriodSeconds ?? standard.GracePeriodSeconds,
            After = after,
        });
        return new()
        {
            ["name"] = settings.Name,
            ["namespace"] = settings.Place.Namespace,
            ["writeHost"] = cluster.WriteHost,
            ["writeService"] = cluster.WriteServiceName,
            ["readHost"] = cluster.ReadHost,
            ["podHosts"] = cluster.PodHosts,
            ["secretName"] = cluster.SecretName,
            ["images"] = Images(settings, cluster),
        };
    }

    private static Dictionary<string, object?> Images(MySqlSettings settings, MySqlCluster cluster)
    {
        var images = new Dictionary<string, object?> { ["server"] = cluster.ServerImage };
        if (settings.Profile.Seeding.ToolsImage is not null)
        {
            images["xtrabackup"] = cluster.XtrabackupImage;
        }

        return images;
    }
}
