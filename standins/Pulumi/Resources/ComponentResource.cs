using System.Reflection;

namespace Pulumi;

/// <summary>A resource that groups others under one name.</summary>
public class ComponentResource : Resource
{
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), remote) => IsRemote = remote;

    public ComponentResource(
        string type, string name, ResourceArgs? args, ComponentResourceOptions? options, bool remote,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), remote) => IsRemote = remote;

    internal bool IsRemote { get; }

    /// <summary>Says that the component is complete, with its <see cref="OutputAttribute"/> properties as outputs.</summary>
    protected void RegisterOutputs() =>
        RegisterOutputs(GetType().GetProperties()
            .Where(property => property.Name != nameof(Urn))
            .Select(property => (property, mark: property.GetCustomAttribute<OutputAttribute>()))
            .Where(both => both.mark is not null)
            .ToDictionary(
                both => string.IsNullOrWhiteSpace(both.mark!.Name) ? both.property.Name : both.mark.Name,
                both => both.property.GetValue(this)));

    protected void RegisterOutputs(IDictionary<string, object?> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Task.FromResult(outputs));
    }

    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        RegisterOutputs(Output.Create(outputs));
    }

    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        Deployment.Running.RegisterOutputs(this, outputs);
    }
}
