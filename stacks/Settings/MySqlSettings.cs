using System.Collections.Immutable;
using Infra.MySql;
using Infra.MySql.Profiles;

namespace Stacks.Settings;

/// <summary>The settings of one MySQL system. What is null is left to the component's default.</summary>
public sealed record MySqlSettings
{
    /// <summary>The name of the StatefulSet and its headless Service, distinct over the stack.</summary>
    public required string Name { get; init; }

    /// <summary>Where it runs.</summary>
    public required PlaceSettings Place { get; init; }

    /// <summary>Which server, seeded how.</summary>
    public required MySqlProfile Profile { get; init; }

    /// <summary>When a client of the primary hears that its transaction is done.</summary>
    public required MySqlDurability Durability { get; init; }

    /// <summary>How clients reach the read Service.</summary>
    public required ServiceExposure ReadExposure { get; init; }

    /// <summary>How clients reach the write Service.</summary>
    public ServiceExposure? WriteExposure { get; init; }

    /// <summary>How many servers run.</summary>
    public required int Replicas { get; init; }

    /// <summary>The size of every server's volume.</summary>
    public string? Storage { get; init; }

    /// <summary>The storage class of the volumes.</summary>
    public string? StorageClass { get; init; }

    /// <summary>The server's image.</summary>
    public string? ServerImage { get; init; }

    /// <summary>The seeding tools' image.</summary>
    public string? XtrabackupImage { get; init; }

    /// <summary>The processor time that a server asks for.</summary>
    public string? Cpu { get; init; }

    /// <summary>The memory that a server asks for.</summary>
    public string? Memory { get; init; }

    /// <summary>Options of the server.</summary>
    public required ImmutableSortedDictionary<string, string> ServerOptions { get; init; }

    /// <summary>How far a replica may be behind and still serve readers, in seconds.</summary>
    public int? MaxLagSeconds { get; init; }

    /// <summary>How long a new replica may wait for a backup that makes no progress, in seconds.</summary>
    public int? SeedTimeoutSeconds { get; init; }

    /// <summary>How long a server may take to start, in seconds.</summary>
    public int? StartupSeconds { get; init; }

    /// <summary>How long a server may take to shut down, in seconds.</summary>
    public int? GracePeriodSeconds { get; init; }

    private static readonly ImmutableSortedDictionary<string, MySqlDurability> Durabilities = ImmutableSortedDictionary<string, MySqlDurability>.Empty
        .Add("async", MySqlDurability.Async)
        .Add("semi-sync", MySqlDurability.SemiSync);

    internal static MySqlSettings Read(SettingsNode node)
    {
        var profile = ReadProfile(node);
        var images = node.Section("images");
        var resources = node.Section("resources");
        var settings = new MySqlSettings
        {
            Name = node.Required("name", SettingTypes.Name, stand: string.Empty),
            Profile = profile ?? MySqlProfile.Default,
            Durability = Durabilities[node.Optional("durability", SettingTypes.OneOf([.. Durabilities.Keys]), "async")],
            ReadExposure = ExposureSettings.Read(node.Section("read")),
            WriteExposure = node.OptionalSection("write") is { } write ? ExposureSettings.Read(write) : null,
            Replicas = node.Optional("replicas", SettingTypes.WholeNumber(1, "a MySQL cluster has at least 1 server (its primary)"), 3),
            Storage = node.Optional("storage", SettingTypes.Quantity("10Gi")),
            StorageClass = node.Optional("storageClass", SettingTypes.Text),
            ServerImage = images.Optional("server", SettingTypes.Image),
            XtrabackupImage = images.Optional("xtrabackup", SettingTypes.Image),
            Cpu = resources.Optional("cpu", SettingTypes.Quantity("500m")),
            Memory = resources.Optional("memory", SettingTypes.Quantity("1Gi")),
            ServerOptions = node.Optional("options", SettingTypes.Options, ImmutableSortedDictionary<string, string>.Empty),
            MaxLagSeconds = Seconds(node, "maxLagSeconds"),
            SeedTimeoutSeconds = Seconds(node, "seedTimeoutSeconds"),
            StartupSeconds = Seconds(node, "startupSeconds"),
            GracePeriodSeconds = Seconds(node, "gracePeriodSeconds"),
            Place = PlaceSettings.Read(node),
        };
        SystemName.Check(node, settings.Name, settings.Replicas);
        if (profile is not null)
        {
            node.Report("durability", ProfileLimits.DurabilityProblem(profile, settings.Durability));
            images.Report("xtrabackup", settings.XtrabackupImage is null ? null : ProfileLimits.ToolsImageProblem(profile));
        }

        foreach (var option in settings.ServerOptions.Keys)
        {
            node.Report($"options.{option}", MySqlOptions.Problem(option));
        }

        images.RejectOthers();
        resources.RejectOthers();
        node.RejectOthers();
        return settings;
    }

    /// <summary>The profile; nothing where one is named that there is not, so that what another profile cannot do is not held against the rest.</summary>
    private static MySqlProfile? ReadProfile(SettingsNode node)
    {
        var names = MySqlProfile.All.Select(profile => profile.Name).ToList();
        var name = node.Optional("profile", SettingTypes.OneOf(names));
        return name is not null ? MySqlProfile.Find(name) : node.Has("profile") ? null : MySqlProfile.Default;
    }

    private static int? Seconds(SettingsNode node, string key)
    {
        var seconds = node.Optional(key, SettingTypes.WholeNumber(1, "it is a time in seconds, at least 1"), 0);
        return seconds == 0 ? null : seconds;
    }
}
