using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>An object of a cluster, by the manifest that would make it.</summary>
internal static class ClusterObject
{
    /// <summary>Reads the object of a manifest's kind, namespace and name.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="manifest">The manifest.</param>
    /// <param name="plural">The word for its kind in addresses, where it is a custom resource.</param>
    /// <param name="cancel">Ends the asking.</param>
    /// <exception cref="NotSupportedException">Nobody here knows how to read that kind.</exception>
    public static async Task<IKubernetesObject<V1ObjectMeta>> ReadAsync(IKubernetes client, Manifest manifest, string? plural, CancellationToken cancel)
    {
        var (name, place) = (manifest.Name, manifest.Namespace);
        return manifest.Kind switch
        {
            _ when plural is not null && manifest.ApiVersion.Split('/') is [var group, var version] =>
                await client.CustomObjects.GetNamespacedCustomObjectAsync<Custom>(group, version, place, plural, name, cancel),
            "Namespace" => await client.CoreV1.ReadNamespaceAsync(name, cancellationToken: cancel),
            "Secret" => await client.CoreV1.ReadNamespacedSecretAsync(name, place, cancellationToken: cancel),
            "ConfigMap" => await client.CoreV1.ReadNamespacedConfigMapAsync(name, place, cancellationToken: cancel),
            "Service" => await client.CoreV1.ReadNamespacedServiceAsync(name, place, cancellationToken: cancel),
            "ServiceAccount" => await client.CoreV1.ReadNamespacedServiceAccountAsync(name, place, cancellationToken: cancel),
            "PersistentVolumeClaim" => await client.CoreV1.ReadNamespacedPersistentVolumeClaimAsync(name, place, cancellationToken: cancel),
            "StatefulSet" => await client.AppsV1.ReadNamespacedStatefulSetAsync(name, place, cancellationToken: cancel),
            "Deployment" => await client.AppsV1.ReadNamespacedDeploymentAsync(name, place, cancellationToken: cancel),
            "CronJob" => await client.BatchV1.ReadNamespacedCronJobAsync(name, place, cancellationToken: cancel),
            "Job" => await client.BatchV1.ReadNamespacedJobAsync(name, place, cancellationToken: cancel),
            "PodDisruptionBudget" => await client.PolicyV1.ReadNamespacedPodDisruptionBudgetAsync(name, place, cancellationToken: cancel),
            "NetworkPolicy" => await client.NetworkingV1.ReadNamespacedNetworkPolicyAsync(name, place, cancellationToken: cancel),
            "Role" => await client.RbacAuthorizationV1.ReadNamespacedRoleAsync(name, place, cancellationToken: cancel),
            "RoleBinding" => await client.RbacAuthorizationV1.ReadNamespacedRoleBindingAsync(name, place, cancellationToken: cancel),
            _ => throw new NotSupportedException($"nobody here knows how to look for a {manifest.Kind}; {nameof(ClusterObject)} has the kinds"),
        };
    }

    /// <summary>Lists custom resources of one kind; none where that is refused.</summary>
    /// <param name="client">The cluster.</param>
    /// <param name="apiVersion">Their API.</param>
    /// <param name="plural">The word for their kind in addresses.</param>
    /// <param name="place">Their namespace.</param>
    /// <param name="labels">The labels that they have.</param>
    /// <param name="cancel">Ends the asking.</param>
    public static async Task<IEnumerable<IKubernetesObject<V1ObjectMeta>>> ListCustomAsync(IKubernetes client, string apiVersion, string plural, string place, string labels, CancellationToken cancel)
    {
        var (group, version) = apiVersion.Split('/') is [var first, var last] ? (first, last) : (string.Empty, apiVersion);
        try
        {
            return (await client.CustomObjects.ListNamespacedCustomObjectAsync<Customs>(group, version, place, plural, labelSelector: labels, cancellationToken: cancel)).Items;
        }
        catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Forbidden)
        {
            return [];
        }
    }

    /// <summary>The object as a manifest.</summary>
    /// <param name="there">The object.</param>
    /// <param name="apiVersion">Its API, which items of a list come without.</param>
    /// <param name="kind">Its kind, likewise.</param>
    public static Manifest AsManifest(IKubernetesObject<V1ObjectMeta> there, string apiVersion, string kind)
    {
        var body = JsonNode.Parse(KubernetesJson.Serialize(there))!.AsObject();
        (body["apiVersion"], body["kind"]) = (apiVersion, kind);
        return new Manifest(body);
    }

    /// <summary>A list of such objects.</summary>
    private sealed class Customs
    {
        public IReadOnlyList<Custom> Items { get; set; } = [];
    }

    /// <summary>An object of a kind that is known to its cluster alone.</summary>
    private sealed class Custom : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = string.Empty;

        public string Kind { get; set; } = string.Empty;

        public V1ObjectMeta Metadata { get; set; } = new();

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Rest { get; set; } = [];
    }
}
