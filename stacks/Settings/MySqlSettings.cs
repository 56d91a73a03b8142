using Infra.MySql;
using Infra.MySql.Profiles;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of one MySQL system: the component's arguments under the stack's keys. What is left out is left to the component's default.</summary>
/// <param name="Name">The name of the StatefulSet and its headless Service, distinct over the stack.</param>
/// <param name="Place">Where it runs.</param>
/// <param name="Args">What the component is made of.</param>
public sealed record MySqlSettings(string Name, PlaceSettings Place, MySqlClusterArgs Args)
{
    internal static MySqlSettings Read(SettingsNode node)
    {
        var name = node.Required("name", SettingTypes.Text("a DNS label such as shop-db"), stand: string.Empty);
        var place = PlaceSettings.Read(node);
        var images = node.Section("images");
        var resources = node.Section("resources");
        var update = node.OptionalSection("update");
        var limits = node.Section("limits");
        var args = new MySqlClusterArgs
        {
            Namespace = place.Namespace,
            Domain = node.Optional("domain", SettingTypes.Text("the cluster's DNS domain")).ToInput(),
            Profile = node.Optional("profile", SettingTypes.Word(MySqlProfiles.All)),
            Durability = node.Optional("durability", SettingTypes.Word(MySqlDurability.All)),
            Read = ExposureSettings.Read(node.OptionalSection("read")),
            Write = ExposureSettings.Read(node.OptionalSection("write")),
            Metrics = MetricsSettings.Read(node.OptionalSection("metrics")),
            Tls = TlsSettings.Read(node.OptionalSection("tls")),
            RemoteRoot = node.Optional("remoteRoot", SettingTypes.FlagOrNothing),
            Backup = BackupSettings.Read(node.OptionalSection("backup")),
            Restore = BackupSettings.ReadRestore(node.OptionalSection("restore")),
            Replicas = node.Optional("replicas", SettingTypes.WholeNumber),
            Network = NetworkSettings.Read(node.OptionalSection("network")),
            DisruptionBudget = node.Optional("disruptionBudget", SettingTypes.FlagOrNothing),
            Storage = node.Optional("storage", SettingTypes.Text("a quantity such as 10Gi")).ToInput(),
            StorageClass = node.Optional("storageClass", SettingTypes.Text("the name of a storage class")).ToInput(),
            ImagePullPolicy = node.Optional("pullPolicy", SettingTypes.PullPolicy).ToInput(),
            Images = new MySqlImagesArgs
            {
                Server = images.Optional("server", SettingTypes.Text("an image such as mysql:8.4")).ToInput(),
                Xtrabackup = images.Optional("xtrabackup", SettingTypes.Text("an image such as xtrabackup:2.4")).ToInput(),
            },
            Cpu = resources.Optional("cpu", SettingTypes.Text("a quantity such as 500m")).ToInput(),
            Memory = resources.Optional("memory", SettingTypes.Text("a quantity such as 1Gi")).ToInput(),
            CpuLimit = limits.Optional("cpu", SettingTypes.Text("a quantity such as 2")).ToInput(),
            MemoryLimit = limits.Optional("memory", SettingTypes.Text("a quantity such as 2Gi")).ToInput(),
            Size = node.Optional("size", SettingTypes.Word(MySqlSize.All)),
            AccessMode = node.Optional("accessMode", SettingTypes.AccessMode).ToInput(),
            Pod = PodSettings.Read(node),
            ServerOptions = node.Optional("options", SettingTypes.Options).ToInput(),
            MaxLagSeconds = node.Optional("maxLagSeconds", SettingTypes.WholeNumber).ToInput(),
            MaxAwaySeconds = node.Optional("maxAwaySeconds", SettingTypes.WholeNumber).ToInput(),
            SeedTimeoutSeconds = node.Optional("seedTimeoutSeconds", SettingTypes.WholeNumber).ToInput(),
            SeedStallSeconds = node.Optional("seedStallSeconds", SettingTypes.WholeNumber).ToInput(),
            ProbeTimeoutSeconds = node.Optional("probeTimeoutSeconds", SettingTypes.WholeNumber).ToInput(),
            StartupSeconds = node.Optional("startupSeconds", SettingTypes.WholeNumber),
            GracePeriodSeconds = node.Optional("gracePeriodSeconds", SettingTypes.WholeNumber).ToInput(),
            Update = update is null ? null : new MySqlUpdateArgs
            {
                Primary = update.Optional("primary", SettingTypes.Word(MySqlPrimaryUpdate.All)),
                Partition = update.Optional("partition", SettingTypes.WholeNumber),
                MinReadySeconds = update.Optional("minReadySeconds", SettingTypes.WholeNumber),
            },
            TimeoutMinutes = node.Optional("timeoutMinutes", SettingTypes.WholeNumber),
        };
        node.Report(args.Problems(name));
        images.RejectOthers();
        resources.RejectOthers();
        update?.RejectOthers();
        limits.RejectOthers();
        node.RejectOthers();
        return new MySqlSettings(name, place, args);
    }
}
