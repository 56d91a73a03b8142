using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Lab.Manifests;

namespace Trials.Clusters;

/// <summary>The objects that a test has applied to its namespace, all by one field manager.</summary>
/// <param name="client">The cluster.</param>
/// <param name="place">The namespace.</param>
internal sealed class AppliedObjects(IKubernetes client, string place)
{
    private const string Manager = "statefulset-test";

    private readonly List<Manifest> applied = [];

    /// <summary>Makes or changes objects by server-side apply, in the order given; those of an earlier call that are missing now are deleted.</summary>
    public async Task ApplyAsync(IReadOnlyList<Manifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            await ApplyAsync(manifest);
        }

        foreach (var gone in applied.ExceptBy(manifests.Select(Identity), Identity))
        {
            await DeleteAsync(gone);
        }

        applied.Clear();
        applied.AddRange(manifests);
    }

    private async Task ApplyAsync(Manifest manifest)
    {
        var patch = new V1Patch(manifest.Body.ToJsonString(), V1Patch.PatchType.ApplyPatch);
        try
        {
            await (manifest.Kind switch
            {
                "ConfigMap" => client.CoreV1.PatchNamespacedConfigMapAsync(patch, manifest.Name, place, fieldManager: Manager, force: true),
                "Secret" => client.CoreV1.PatchNamespacedSecretAsync(patch, manifest.Name, place, fieldManager: Manager, force: true),
                "Service" => client.CoreV1.PatchNamespacedServiceAsync(patch, manifest.Name, place, fieldManager: Manager, force: true),
                "StatefulSet" => client.AppsV1.PatchNamespacedStatefulSetAsync(patch, manifest.Name, place, fieldManager: Manager, force: true),
                "PodDisruptionBudget" => client.PolicyV1.PatchNamespacedPodDisruptionBudgetAsync(patch, manifest.Name, place, fieldManager: Manager, force: true),
                "NetworkPolicy" => client.NetworkingV1.PatchNamespacedNetworkPolicyAsync(patch, manifest.Name, place, fieldManager: Manager, force: true),
                _ => (Task)Unknown(manifest),
            });
        }
        catch (HttpOperationException refused)
        {
            throw new InvalidOperationException($"{manifest.Kind} {manifest.Name} is not taken: {refused.Response.Content}", refused);
        }
    }

    private async Task DeleteAsync(Manifest manifest)
    {
        try
        {
            await (manifest.Kind switch
            {
                "ConfigMap" => client.CoreV1.DeleteNamespacedConfigMapAsync(manifest.Name, place),
                "Secret" => client.CoreV1.DeleteNamespacedSecretAsync(manifest.Name, place),
                "Service" => client.CoreV1.DeleteNamespacedServiceAsync(manifest.Name, place),
                "StatefulSet" => client.AppsV1.DeleteNamespacedStatefulSetAsync(manifest.Name, place),
                "PodDisruptionBudget" => client.PolicyV1.DeleteNamespacedPodDisruptionBudgetAsync(manifest.Name, place),
                "NetworkPolicy" => client.NetworkingV1.DeleteNamespacedNetworkPolicyAsync(manifest.Name, place),
                _ => (Task)Unknown(manifest),
            });
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode == HttpStatusCode.NotFound)
        {
            // Somebody was quicker.
        }
    }

    private static Task<object> Unknown(Manifest manifest) => throw new NotSupportedException($"the trials do not know how to apply a {manifest.Kind}; {nameof(AppliedObjects)} has the kinds");

    private static (string Kind, string Name) Identity(Manifest manifest) => (manifest.Kind, manifest.Name);
}
