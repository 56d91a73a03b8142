namespace Pulumi;

/// <summary>How a component and what is under it is managed.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    /// <summary>Providers for the resources under the component, one a package.</summary>
    public List<ProviderResource> Providers { get; set; } = [];

    /// <summary>Both as one; lists are joined, and where both have a value that of <paramref name="options2"/> counts.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = Copy(options1);
        var other = Copy(options2);
        merged.MergeFrom(other);
        // The last provider of a package counts.
        merged.Providers = [.. merged.Providers.Concat(other.Providers).Reverse().DistinctBy(provider => provider.Package).Reverse()];
        return merged;
    }

    internal override ResourceOptions Clone() => Copy(this);

    private static ComponentResourceOptions Copy(ComponentResourceOptions? source)
    {
        var copy = new ComponentResourceOptions();
        if (source is not null)
        {
            copy.CopyFrom(source);
            copy.Providers = [.. source.Providers];
        }

        return copy;
    }
}
