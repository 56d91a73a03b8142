using Cli.Clusters;
using Cli.Manifests;
using Cli.Meaning;
using Infra.Workloads;
using k8s;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Sides;

/// <summary>
/// What a cluster really has, as one of the two things that are compared: the objects of the head that are there, and all else that has the labels of the head's
/// systems and that a deployment would remove. It is only read.
/// </summary>
/// <param name="connection">The cluster.</param>
internal sealed class ClusterSide(ClusterConnection connection)
{
    private const string Ours = $"{WorkloadLabels.ManagedBy}=pulumi,{WorkloadLabels.Instance}";

    private readonly ClusterKinds kinds = new(connection);

    /// <summary>The objects.</summary>
    /// <param name="look">What is known already: the objects of the head that are there.</param>
    /// <param name="head">The objects of the head.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="Lab.Commands.CommandException">The cluster does not answer, or refuses to.</exception>
    public async Task<Side> ReadAsync(ClusterLook look, IReadOnlyList<Manifest> head, CancellationToken cancel)
    {
        var listed = new List<Manifest>();
        foreach (var place in look.Places)
        {
            listed.AddRange(await ListAsync(place, cancel));
        }

        var systems = head.Select(SystemOf).ToHashSet();
        // Pods that a destroyed set left behind are nobody's, and a set of their name adopts them.
        var known = listed.Where(one => systems.Contains(SystemOf(one)) && (one.Kind != "Pod" || LiveObject.IsControllers(one))).ToList();
        var named = known.Where(one => one.Kind != "Pod").SelectMany(one => PodReferences.Of(one).Select(reference => (reference.Kind, one.Namespace, reference.Name))).ToHashSet();
        return new Side(
            $"what the cluster of context {look.Context} has in {(look.Places.Count == 0 ? "none of the stack's namespaces" : $"namespace {string.Join(", ", look.Places)}")}",
            [
                .. look.There.Select(one => SecretMask.Apply(ClusterObject.AsManifest(one.There, one.Wanted.ApiVersion, one.Wanted.Kind))).Concat(known.Where(IsInUse)).DistinctBy(one => (one.Kind, one.Namespace, one.Name)),
            ])
        {
            Others = [.. listed.Where(one => one.Kind == "StatefulSet" && !systems.Contains(SystemOf(one)))],
        };

        // One of earlier settings is kept for pods that are held back, and is nobody's to remove.
        bool IsInUse(Manifest one) => !ManifestPairs.IsHashed(one) || named.Contains((one.Kind, one.Namespace, one.Name));
    }

    /// <summary>Kinds of objects that go when a setting does. Secrets are not listed: who may see that a system is there need not see its passwords.</summary>
    private async Task<IReadOnlyList<Manifest>> ListAsync(string place, CancellationToken cancel) =>
    [
        .. await OfAsync<V1StatefulSet, V1StatefulSetList>("apps/v1", "StatefulSet", (client, token) => client.AppsV1.ListNamespacedStatefulSetAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await OfAsync<V1Deployment, V1DeploymentList>("apps/v1", "Deployment", (client, token) => client.AppsV1.ListNamespacedDeploymentAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await OfAsync<V1CronJob, V1CronJobList>("batch/v1", "CronJob", (client, token) => client.BatchV1.ListNamespacedCronJobAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await OfAsync<V1Service, V1ServiceList>("v1", "Service", (client, token) => client.CoreV1.ListNamespacedServiceAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await OfAsync<V1ConfigMap, V1ConfigMapList>("v1", "ConfigMap", (client, token) => client.CoreV1.ListNamespacedConfigMapAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await OfAsync<V1NetworkPolicy, V1NetworkPolicyList>("networking.k8s.io/v1", "NetworkPolicy", (client, token) => client.NetworkingV1.ListNamespacedNetworkPolicyAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await OfAsync<V1PodDisruptionBudget, V1PodDisruptionBudgetList>("policy/v1", "PodDisruptionBudget", (client, token) => client.PolicyV1.ListNamespacedPodDisruptionBudgetAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
        .. await CustomAsync(place, "cert-manager.io/v1", "Certificate", cancel),
        .. await CustomAsync(place, "monitoring.coreos.com/v1", "PodMonitor", cancel),
        .. await CustomAsync(place, "monitoring.coreos.com/v1", "PrometheusRule", cancel),
        .. await OfAsync<V1Pod, V1PodList>("v1", "Pod", (client, token) => client.CoreV1.ListNamespacedPodAsync(place, labelSelector: Ours, cancellationToken: token), cancel),
    ];

    /// <summary>Of kinds that the cluster was taught, if it was; who may not list them does not see that they go.</summary>
    private async Task<IEnumerable<Manifest>> CustomAsync(string place, string apiVersion, string kind, CancellationToken cancel) => await kinds.PluralAsync(apiVersion, kind, cancel) is { } plural
        ? (await connection.AskAsync((client, token) => ClusterObject.ListCustomAsync(client, apiVersion, plural, place, Ours, token), cancel)).Select(one => ClusterObject.AsManifest(one, apiVersion, kind))
        : [];

    private async Task<IEnumerable<Manifest>> OfAsync<T, TList>(string apiVersion, string kind, Func<IKubernetes, CancellationToken, Task<TList>> list, CancellationToken cancel)
        where T : IKubernetesObject<V1ObjectMeta>
        where TList : IItems<T> => (await connection.AskAsync(list, cancel)).Items.Select(one => ClusterObject.AsManifest(one, apiVersion, kind));

    private static (string Namespace, string System) SystemOf(Manifest one) => (one.Namespace, $"{one.Body["metadata"]?["labels"]?[WorkloadLabels.Instance]}");
}
