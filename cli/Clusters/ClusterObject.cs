using k8s;
using k8s.Models;
using Lab.Manifests;

namespace Cli.Clusters;

/// <summary>An object of a cluster, by the manifest that would make it.</summary>
internal static class ClusterObject
{
    /// <summary>Reads the object of a manifest's kind, namespace and name.</summary>
    /// <exception cref="NotSupportedException">Nobody here knows how to read that kind.</exception>
    public static async Task<IKubernetesObject<V1ObjectMeta>> ReadAsync(IKubernetes client, Manifest manifest, CancellationToken cancel)
    {
        var (name, place) = (manifest.Name, manifest.Namespace);
        return manifest.Kind switch
        {
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
            _ => await CustomAsync(client, manifest, cancel),
        };
    }

    /// <summary>A custom resource, under the plural that its definition has where nobody chose another.</summary>
    private static async Task<IKubernetesObject<V1ObjectMeta>> CustomAsync(IKubernetes client, Manifest manifest, CancellationToken cancel) =>
        manifest.IsCustom && manifest.ApiVersion.Split('/') is [var group, var version]
            ? await client.CustomObjects.GetNamespacedCustomObjectAsync<Custom>(group, version, manifest.Namespace, $"{manifest.Kind.ToLowerInvariant()}s", manifest.Name, cancel)
            : throw new NotSupportedException($"nobody here knows how to look for a {manifest.Kind}; {nameof(ClusterObject)} has the kinds");

    /// <summary>An object of which nothing but the metadata matters.</summary>
    private sealed class Custom : IKubernetesObject<V1ObjectMeta>
    {
        public string ApiVersion { get; set; } = string.Empty;

        public string Kind { get; set; } = string.Empty;

        public V1ObjectMeta Metadata { get; set; } = new();
    }
}
