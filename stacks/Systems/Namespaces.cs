using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Stacks.Settings;

namespace Stacks.Systems;

/// <summary>The namespaces that a stack is asked to make: none unless a system says <c>createNamespace</c>.</summary>
internal sealed class Namespaces
{
    private readonly Dictionary<string, Namespace> made;

    /// <summary>Registers each namespace that is asked for, once.</summary>
    public Namespaces(IEnumerable<PlaceSettings> places) => made = places
        .Where(place => place.CreateNamespace)
        .Select(place => place.Namespace)
        .Distinct()
        .ToDictionary(name => name, Make);

    /// <summary>The options of a system there: it waits for its namespace, where the stack makes one.</summary>
    public ComponentResourceOptions OptionsFor(PlaceSettings place) =>
        made.TryGetValue(place.Namespace, out var found) ? new ComponentResourceOptions { DependsOn = { found } } : new ComponentResourceOptions();

    /// <summary>Protected: deleting a namespace deletes every claim in it, and with the claims the data.</summary>
    private static Namespace Make(string name) => new(
        name,
        new NamespaceArgs { Metadata = new ObjectMetaArgs { Name = name } },
        new CustomResourceOptions { Protect = true });
}
