using Lab.Manifests;

namespace Lab.Specs;

/// <summary>All objects of an instance, read into the forms the lab works with.</summary>
public sealed record DesiredCluster
{
    private static readonly HashSet<string> Ignored =
        ["Namespace", "ServiceAccount", "Role", "RoleBinding", "PodDisruptionBudget", "NetworkPolicy", "StorageClass", "PersistentVolumeClaim"];

    /// <summary>StatefulSets, in the order given.</summary>
    public IReadOnlyList<StatefulSetSpec> Sets { get; init; } = [];

    /// <summary>Services, in the order given.</summary>
    public IReadOnlyList<ServiceSpec> Services { get; init; } = [];

    /// <summary>ConfigMaps and Secrets.</summary>
    public IReadOnlyList<DataObject> Data { get; init; } = [];

    /// <summary>The content of a ConfigMap or Secret; none where that may be missing and is.</summary>
    /// <exception cref="ClusterException">It is missing and may not be.</exception>
    public IReadOnlyDictionary<string, byte[]>? DataOf(string kind, string @namespace, string? name, bool? optional) =>
        Data.FirstOrDefault(one => one.Kind == kind && one.Namespace == @namespace && one.Name == name)?.Data
            ?? (optional == true ? null : throw new ClusterException($"{kind} {name} does not exist in namespace {@namespace}."));

    /// <summary>Reads objects; what the lab can't run is an error, what it needn't act on is left out (see <see cref="Notes"/>).</summary>
    /// <exception cref="ClusterException">A kind is unknown, or an object has a wrong shape.</exception>
    public static DesiredCluster Read(IReadOnlyList<Manifest> manifests)
    {
        var unknown = manifests.FirstOrDefault(one => !HasNoEffect(one) && one.Kind is not ("StatefulSet" or "Service" or "ConfigMap" or "Secret"));
        if (unknown is not null)
        {
            throw new ClusterException($"The lab cannot run {unknown.Kind} {unknown.Name}: it knows StatefulSet, Service, ConfigMap and Secret.");
        }

        return new DesiredCluster
        {
            Sets = [.. Of("StatefulSet").Select(StatefulSetSpec.Read)],
            Services = [.. Of("Service").Select(ServiceSpec.Read)],
            Data = [.. Of("ConfigMap").Concat(Of("Secret")).Select(DataObject.Read)],
        };

        IEnumerable<Manifest> Of(string kind) => manifests.Where(manifest => manifest.Kind == kind);
    }

    /// <summary>Nothing here acts on a kind that a cluster was taught either.</summary>
    private static bool HasNoEffect(Manifest one) => Ignored.Contains(one.Kind) || one.IsCustom;

    /// <summary>One line for each object that is accepted and has no effect here, or less than in a cluster.</summary>
    public static IReadOnlyList<string> Notes(IReadOnlyList<Manifest> manifests) =>
    [
        .. manifests.Where(HasNoEffect).Select(one => $"{one.Kind} {one.Name} has no effect in the lab"),
        .. from one in manifests
           where one.Kind == "Service" && (string?)one.Body["spec"]?["type"] is "NodePort" or "LoadBalancer"
           select $"Service {one.Name} has no address outside the lab, though it is of type {one.Body["spec"]!["type"]}",
    ];
}
