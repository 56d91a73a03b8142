namespace Stacks.Settings;

/// <summary>The settings of one web system.</summary>
public sealed record WebSettings
{
    /// <summary>The StatefulSet's name, distinct over the stack.</summary>
    public required string Name { get; init; }

    /// <summary>The headless Service's name.</summary>
    public required string Service { get; init; }

    /// <summary>Where it runs.</summary>
    public required PlaceSettings Place { get; init; }

    /// <summary>How many servers run.</summary>
    public required int Replicas { get; init; }

    /// <summary>The server's image; the component's default where there is none.</summary>
    public string? ServerImage { get; init; }

    /// <summary>The size of a volume for every server's pages; no volume where there is none.</summary>
    public string? Storage { get; init; }

    /// <summary>The storage class of the volumes; the cluster's default where there is none.</summary>
    public string? StorageClass { get; init; }

    internal static WebSettings Read(SettingsNode node)
    {
        var name = node.Required("name", SettingTypes.Name, stand: string.Empty);
        var images = node.Section("images");
        var settings = new WebSettings
        {
            Name = name,
            Service = node.Optional("service", SettingTypes.Name, name),
            Replicas = node.Optional("replicas", SettingTypes.WholeNumber(1, "a web system has at least 1 server"), 2),
            ServerImage = images.Optional("server", SettingTypes.Image),
            Storage = node.Optional("storage", SettingTypes.Quantity("1Gi")),
            StorageClass = node.Optional("storageClass", SettingTypes.Text),
            Place = PlaceSettings.Read(node),
        };
        SystemName.Check(node, settings.Name, settings.Replicas);
        images.RejectOthers();
        node.RejectOthers();
        return settings;
    }
}
