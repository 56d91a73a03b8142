namespace Pulumi.Kubernetes;

/// <summary>A configured Kubernetes provider: which cluster, and how objects are treated there.</summary>
[KubernetesResourceType("pulumi:providers:kubernetes")]
public class Provider : ProviderResource
{
    public Provider(string name, ProviderArgs? args = null, CustomResourceOptions? options = null)
        : base("kubernetes", name, args ?? new ProviderArgs(), MakeOptions(options))
    {
    }

    private static CustomResourceOptions MakeOptions(CustomResourceOptions? options)
    {
        var merged = CustomResourceOptions.Merge(new CustomResourceOptions { Version = Package.Version }, options);
        merged.Id = "";
        return merged;
    }
}
