namespace Infra.Workloads;

/// <summary>Annotations that tell Pulumi's Kubernetes provider how to wait for an object and how to delete it.</summary>
internal static class AwaitAnnotation
{
    /// <summary>
    /// Keeps the provider from waiting for a Service: the wait costs some ten seconds and proves nothing, as a Service whose selector
    /// finds no pod passes it too. And for a claim: it may wait for its pod.
    /// </summary>
    public static (string Key, string Value) Skip => ("pulumi.com/skipAwait", "true");

    /// <summary>Has a patch take over fields that another one manages, as the controller that has made the object.</summary>
    public static (string Key, string Value) Force => ("pulumi.com/patchForce", "true");

    /// <summary>Has a Job that failed made anew by the next update, which would otherwise take it for one that is there.</summary>
    public static (string Key, string Value) ReplaceUnready => ("pulumi.com/replaceUnready", "true");

    /// <summary>
    /// Leaves the pods running when their StatefulSet is deleted. A StatefulSet that has to be replaced (other claim templates,
    /// say) then hands its pods to its successor instead of stopping all of them at once. It has to stand before the
    /// change that replaces, so it stands from the first deployment.
    /// </summary>
    public static (string Key, string Value) OrphanPods => ("pulumi.com/deletionPropagationPolicy", "orphan");

    /// <summary>
    /// What to wait for where pods below a partition keep their template. The provider's own rule wants one revision in all pods, and would wait in vain. Here:
    /// every pod is ready, and at least those that follow have the new template, or there is none and all have the one that there is. An expression of RFC 9535, as
    /// the provider reads them since 4.24, which splits at each single "=", so that there is no ">=" and no "!="; that it looks at a status of the latest
    /// generation, the provider sees to itself (provider/pkg/jsonpath, provider/pkg/await/condition/jsonpath.go).
    /// </summary>
    public static (string Key, string Value) Partitioned(int replicas, int partition)
    {
        var followed = partition < replicas ? $" && (@.currentRevision == @.updateRevision && @.currentReplicas == {replicas} || !(@.currentRevision == @.updateRevision) && @.updatedReplicas > {replicas - partition - 1})" : string.Empty;
        return ("pulumi.com/waitFor", $"jsonpath={{$[?@.replicas == {replicas} && @.readyReplicas == {replicas}{followed}]}}");
    }
}
