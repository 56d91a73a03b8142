using System.Text.Json.Nodes;
using Cli.Checks;
using Cli.Checks.Policies;
using Cli.Meaning;
using Infra.Workloads;
using k8s;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>
/// What a cluster has, or lacks, that lets a deployment of objects fail or take hold of what is not its own: <c>pulumi preview</c> asks the cluster for none of it.
/// </summary>
/// <param name="connection">The cluster.</param>
internal sealed class ClusterCheck(ClusterConnection connection)
{
    private const string ByDefault = "storageclass.kubernetes.io/is-default-class";

    /// <summary>Every problem, a sentence each, in the order of the objects, and the objects that are there.</summary>
    /// <exception cref="Lab.Commands.CommandException">The cluster does not answer, or refuses to.</exception>
    public async Task<ClusterLook> LookAsync(IReadOnlyList<Manifest> objects, CancellationToken cancel = default)
    {
        var missing = await MissingNamespacesAsync(objects, cancel);
        var (classes, kinds) = (await ClassesAsync(objects, cancel), new ClusterKinds(connection));
        var (found, there) = (new List<Violation>(), new List<(Manifest Wanted, IKubernetesObject<V1ObjectMeta> There)>());
        foreach (var manifest in objects)
        {
            // What lies in a namespace that is not there is not there either; what kind it is of, the cluster has to know all the same.
            var (one, sentence) = missing.Contains(manifest.Namespace) ? (null, await UnknownKindAsync(manifest, kinds, cancel)) : await FindAsync(manifest, classes, kinds, cancel);
            if (sentence is not null)
            {
                found.Add(new Violation($"{manifest.Kind} {Place(manifest)}", sentence));
            }

            // A claim that cannot become what is asked is the system's all the same.
            if (one is not null && (sentence is null || one is V1PersistentVolumeClaim))
            {
                there.Add((manifest, one));
            }
        }

        // A claim that is there has its volume, or waits for it already.
        var storage = Storage(objects.Except(there.Where(one => one.There is V1PersistentVolumeClaim).Select(one => one.Wanted)), classes);
        return new ClusterLook(connection.Context, [.. missing.Select(MissingNamespace), .. await new ClusterNeeds(connection).MissingAsync(objects, missing, cancel), .. storage, .. found], [.. Places(objects).Except(missing)], there);
    }

    private async Task<(IKubernetesObject<V1ObjectMeta>? There, string? Obstacle)> FindAsync(Manifest manifest, IReadOnlyList<V1StorageClass> classes, ClusterKinds kinds, CancellationToken cancel)
    {
        if (await UnknownKindAsync(manifest, kinds, cancel) is { } unknown)
        {
            return (null, unknown);
        }

        var plural = manifest.IsCustom ? await kinds.PluralAsync(manifest.ApiVersion, manifest.Kind, cancel) : null;
        try
        {
            return await connection.FindAsync((client, token) => ClusterObject.ReadAsync(client, manifest, plural, token), cancel) switch
            {
                null => (null, null),
                V1PersistentVolumeClaim claim when ClaimMeaning.IsPatch(manifest) => (claim, ClaimCheck.Obstacle(manifest, claim, classes)),
                { } there => (there, Stranger(manifest, there)),
            };
        }
        catch (NotSupportedException)
        {
            return (null, "this kind is not looked for in the cluster, so that nobody knows whether it is there already");
        }
    }

    private static async Task<string?> UnknownKindAsync(Manifest manifest, ClusterKinds kinds, CancellationToken cancel) => manifest.IsCustom && await kinds.PluralAsync(manifest.ApiVersion, manifest.Kind, cancel) is null
        ? $"the cluster does not know the kind {manifest.Kind} of {manifest.ApiVersion}: what brings it, an operator with its CustomResourceDefinitions, comes first"
        : null;

    private static Violation MissingNamespace(string name) =>
        new($"namespace {name}", $"it is missing, and the objects in it cannot be made: kubectl create namespace {name}, or createNamespace: true of one system in it");

    private static string Place(Manifest manifest) => manifest.Kind == "Namespace" ? manifest.Name : $"{manifest.Namespace}/{manifest.Name}";

    private static IEnumerable<string> Places(IReadOnlyList<Manifest> objects) =>
        objects.Where(manifest => manifest.Kind != "Namespace").Select(manifest => manifest.Namespace).Distinct().Order(StringComparer.Ordinal);

    private async Task<IReadOnlyList<string>> MissingNamespacesAsync(IReadOnlyList<Manifest> objects, CancellationToken cancel)
    {
        var own = objects.Where(manifest => manifest.Kind == "Namespace").Select(manifest => manifest.Name);
        var missing = new List<string>();
        foreach (var name in Places(objects).Except(own))
        {
            if (await connection.FindAsync((client, token) => client.CoreV1.ReadNamespaceAsync(name, cancellationToken: token), cancel) is null)
            {
                missing.Add(name);
            }
        }

        return missing;
    }

    /// <summary>The cluster's storage classes, where any object asks for storage.</summary>
    private async Task<IReadOnlyList<V1StorageClass>> ClassesAsync(IReadOnlyList<Manifest> objects, CancellationToken cancel) =>
        objects.SelectMany(Classes).Any() || objects.Any(ClaimMeaning.IsPatch) ? [.. (await connection.AskAsync((client, token) => client.StorageV1.ListStorageClassAsync(cancellationToken: token), cancel)).Items] : [];

    /// <summary>The storage class of every claim that an object is, or makes for its pods; the claims of a set that are objects of their own are of the set's class.</summary>
    private static IEnumerable<string?> Classes(Manifest owner) => owner.Kind == "PersistentVolumeClaim"
        ? ClaimMeaning.IsPatch(owner) ? [] : [Class(owner.Body)]
        : StatefulSetView.List(owner.Kind == "StatefulSet" ? owner.Body["spec"]?["volumeClaimTemplates"] : null)
            .Concat(StatefulSetView.List(PodView.Of(owner)?.Spec["volumes"]).Select(volume => volume["ephemeral"]?["volumeClaimTemplate"]).OfType<JsonObject>())
            .Select(Class);

    private static string? Class(JsonObject claim) => (string?)claim["spec"]?["storageClassName"];

    /// <summary>What of the objects waits for a storage class that is not there.</summary>
    private static IReadOnlyList<Violation> Storage(IEnumerable<Manifest> objects, IReadOnlyList<V1StorageClass> classes)
    {
        var names = classes.Select(one => one.Name()).Order(StringComparer.Ordinal).ToList();
        var there = names.Count == 0 ? "the cluster has none" : $"there are: {string.Join(", ", names)}";
        var hasDefault = classes.Any(one => one.GetAnnotation(ByDefault) == "true");
        // An empty name asks for a volume that somebody has made by hand.
        return [.. from owner in objects
                   from name in Classes(owner).Distinct()
                   let waits = owner.Kind == "PersistentVolumeClaim" ? "it" : "its claims"
                   let sentence = name switch
                   {
                       null when !hasDefault => $"it names no storage class, and none is the cluster's default; {waits} would wait for ever. storageClass names one; {there}",
                       { Length: > 0 } when !names.Contains(name) => $"there is no storage class {name}; {waits} would wait for ever; {there}",
                       _ => null,
                   }
                   where sentence is not null
                   select new Violation($"{owner.Kind} {Place(owner)}", sentence)];
    }

    /// <summary>Whose an object is that is there already; nothing where it may be the stack's own.</summary>
    private static string? Stranger(Manifest wanted, IKubernetesObject<V1ObjectMeta> there)
    {
        var labels = there.Labels() ?? new Dictionary<string, string>();
        var managers = (there.Metadata.ManagedFields ?? []).Select(entry => entry.Manager ?? string.Empty).ToList();
        if (wanted.Kind == "Namespace")
        {
            return IsPulumis(managers) ? null : "it is there already, and another made it; leave createNamespace out";
        }

        var instance = $"{wanted.Body["metadata"]?["labels"]?[WorkloadLabels.Instance]}";
        return labels.TryGetValue(WorkloadLabels.ManagedBy, out var manager) && labels.TryGetValue(WorkloadLabels.Instance, out var owner)
            ? owner != instance || manager != $"{wanted.Body["metadata"]?["labels"]?[WorkloadLabels.ManagedBy]}" ? $"it is there already and belongs to the system {owner}, which {manager} manages; choose another name, or delete it"
            : managers.Count > 0 && !IsPulumis(managers) ? $"it is there already with this system's labels, and {Makers(managers)} made it, not Pulumi; delete it, or import it into the stack"
            : null
            : $"it is there already and belongs to no system of this program{(managers.Count > 0 ? $"; {Makers(managers)} made it" : string.Empty)}; choose another name, or delete it";
    }

    private static bool IsPulumis(IEnumerable<string> managers) => managers.Any(manager => manager.StartsWith("pulumi", StringComparison.Ordinal));

    private static string Makers(IEnumerable<string> managers) => string.Join(", ", managers.Where(manager => manager != "kube-controller-manager").DefaultIfEmpty("kube-controller-manager").Distinct().Order(StringComparer.Ordinal));
}
