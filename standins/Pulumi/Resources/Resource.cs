using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A resource: registered with the deployment as it is constructed, its outputs filled in once that is done.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly bool? _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<string, ProviderResource>.Empty;
    private readonly HashSet<Resource> _children = [];

    /// <summary>A reference to a resource registered elsewhere.</summary>
    private protected Resource()
    {
        _type = "";
        _name = "";
    }

    private protected Resource(string type, string name, ResourceArgs args, ResourceOptions options, bool remote = false)
    {
        RequireText(type, "type");
        RequireText(name, "name");
        var promises = OutputPromises.Make(this, remote);
        var parent = type == Stack.RootType ? null : options.Parent ?? Deployment.Running.Stack;
        _type = type;
        _name = name;
        _transformations = [.. options.ResourceTransformations, .. parent?._transformations ?? []];
        (args, options) = Transform(args, options);

        options = options.Clone();
        if (options is ComponentResourceOptions { Provider: not null, Providers.Count: > 0 })
        {
            throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent);
        }

        if (options.Parent is { } owner)
        {
            owner.AddChild(this);
            options.Protect ??= owner._protect;
            _providers = owner._providers;
        }

        _providers = _providers.SetItems(OwnProviders(options));
        if (this is CustomResource)
        {
            options.Provider ??= options.Parent?.ProviderOf(type);
        }

        _protect = options.Protect;
        foreach (var alias in options.Aliases)
        {
            AliasUrn.Of(alias, name, type, options.Parent);
        }

        Deployment.Running.Register(this, args, options, promises);
    }

    // Set by reflection while the resource is constructed.
    [Output("urn")]
    public Output<string> Urn { get; private protected set; } = null!;

    public string GetResourceType() => _type;

    public string GetResourceName() => _name;

    /// <summary>The provider that resources of a type take from here when they name none.</summary>
    internal ProviderResource? ProviderOf(string type) =>
        PackageOf(type) is { } package ? _providers.GetValueOrDefault(package) : null;

    internal ImmutableArray<Resource> Children()
    {
        lock (_children)
        {
            return [.. _children];
        }
    }

    private static string? PackageOf(string type) => type.Split(':') is [var package, _, _] ? package : null;

    private static void RequireText(string value, string name)
    {
        if (string.IsNullOrEmpty(value))
        {
            throw new ArgumentException($"'{name}' cannot be null or empty.", name);
        }
    }

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is not { } changed)
            {
                continue;
            }

            if (changed.Options.Parent != options.Parent)
            {
                throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
            }

            (args, options) = (changed.Args, changed.Options);
        }

        return (args, options);
    }

    /// <summary>The providers that this resource's own options bring in, by package.</summary>
    private IEnumerable<KeyValuePair<string, ProviderResource>> OwnProviders(ResourceOptions options)
    {
        if (this is CustomResource)
        {
            return options.Provider is { } own && PackageOf(_type) is { } package ? [KeyValuePair.Create(package, own)] : [];
        }

        var all = options.Provider is { } one ? [one] : (options as ComponentResourceOptions)?.Providers ?? [];
        return all.Select(provider => KeyValuePair.Create(provider.Package, provider));
    }

    private void AddChild(Resource child)
    {
        lock (_children)
        {
            _children.Add(child);
        }
    }
}
