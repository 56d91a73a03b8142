namespace Pulumi;

/// <summary>
/// How a resource is managed. Under mocks only the parent, the dependencies, the id, the provider and the transformations show;
/// the rest is for an engine and is kept as given.
/// </summary>
public abstract class ResourceOptions
{
    /// <summary>The id of an existing resource, which is then read instead of made.</summary>
    public Input<string>? Id { get; set; }

    public Resource? Parent { get; set; }

    /// <summary>Resources to wait for; a component stands for the custom resources under it.</summary>
    public InputList<Resource> DependsOn { get => field ??= new(); set; }

    public bool? Protect { get; set; }

    public List<string> IgnoreChanges { get; set; } = [];

    public string? Version { get; set; }

    public ProviderResource? Provider { get; set; }

    public CustomTimeouts? CustomTimeouts { get; set; }

    public List<ResourceTransformation> ResourceTransformations { get; set; } = [];

    public List<Input<Alias>> Aliases { get; set; } = [];

    public List<string> ReplaceOnChanges { get; set; } = [];

    public string? PluginDownloadURL { get; set; }

    public bool? RetainOnDelete { get; set; }

    public Resource? DeletedWith { get; set; }

    public InputList<Resource> ReplaceWith { get => field ??= new(); set; }

    public List<string> HideDiffs { get; set; } = [];

    public Input<object>? ReplacementTrigger { get; set; }

    internal abstract ResourceOptions Clone();

    /// <summary>Takes over everything from <paramref name="source"/>, its lists as copies.</summary>
    private protected void CopyFrom(ResourceOptions source)
    {
        Id = source.Id;
        Parent = source.Parent;
        DependsOn = source.DependsOn.Clone();
        Protect = source.Protect;
        IgnoreChanges = [.. source.IgnoreChanges];
        Version = source.Version;
        Provider = source.Provider;
        CustomTimeouts = Copy(source.CustomTimeouts);
        ResourceTransformations = [.. source.ResourceTransformations];
        Aliases = [.. source.Aliases];
        ReplaceOnChanges = [.. source.ReplaceOnChanges];
        PluginDownloadURL = source.PluginDownloadURL;
        RetainOnDelete = source.RetainOnDelete;
        DeletedWith = source.DeletedWith;
        ReplaceWith = source.ReplaceWith.Clone();
        HideDiffs = [.. source.HideDiffs];
        ReplacementTrigger = source.ReplacementTrigger;
    }

    /// <summary>Adds <paramref name="other"/> to this: its lists after these, its values, where it has any, in place of these.</summary>
    private protected void MergeFrom(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        DependsOn = DependsOn.Concat(other.DependsOn);
        Protect = other.Protect ?? Protect;
        IgnoreChanges.AddRange(other.IgnoreChanges);
        Version = other.Version ?? Version;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts ?? CustomTimeouts;
        ResourceTransformations.AddRange(other.ResourceTransformations);
        Aliases.AddRange(other.Aliases);
        ReplaceOnChanges.AddRange(other.ReplaceOnChanges);
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        ReplaceWith = ReplaceWith.Concat(other.ReplaceWith);
        HideDiffs.AddRange(other.HideDiffs);
        ReplacementTrigger = other.ReplacementTrigger ?? ReplacementTrigger;
    }

    private static CustomTimeouts? Copy(CustomTimeouts? timeouts) => timeouts is null
        ? null
        : new CustomTimeouts { Create = timeouts.Create, Update = timeouts.Update, Delete = timeouts.Delete };
}
