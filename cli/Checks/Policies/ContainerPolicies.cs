using System.Text.RegularExpressions;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>What containers are made of, and what they ask for.</summary>
internal static partial class ContainerPolicies
{
    /// <summary>The policies.</summary>
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("unset-cpu-requirements", "kube-linter", "every container asks for processor time", "set resources.requests.cpu", objects => Requests(objects, "cpu")),
        new("unset-memory-requirements", "kube-linter", "every container asks for memory; a limit, which the linter wants, is the stack's to set (container-resources)", "set resources.requests.memory", objects => Requests(objects, "memory")),
        new("latest-tag", "kube-linter; kube-score: container-image-tag", "every image has a tag that is not latest, or a digest", "say which version", Tags),
        new("env-var-secret", "kube-linter", "no variable of a container holds a secret in its manifest", "mount the secret as a file, or use secretKeyRef", Secrets),
        new("duplicate-env-var", "kube-linter; kube-score: environment-variable-key-duplication", "no variable of a container is set twice", "leave one of them out", Duplicates),
        new("ssh-port", "kube-linter", "no container listens for SSH", "use kubectl exec", SshPorts),
        new("no-extensions-v1beta", "kube-linter", "no object is of the API group extensions, which is gone", "use apps/v1 or networking.k8s.io/v1", Extensions),
        new("deprecated-service-account-field", "kube-linter", "pods name their service account by serviceAccountName", "use serviceAccountName", Deprecated),
    ];

    private static IEnumerable<Breach> Requests(PolicyObjects objects, string resource) =>
        from container in ContainerView.All(objects)
        // What has a limit and no request asks for as much as the limit.
        where Text(container.Body["resources"]?["requests"]?[resource] ?? container.Body["resources"]?["limits"]?[resource]) is "" or "0"
        select container.Breach($"resources.requests.{resource}", "there is none, so that its node may have none left");

    private static IEnumerable<Breach> Tags(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        let image = Text(container.Body["image"])
        where !Versioned().IsMatch(image) || image.EndsWith(":latest", StringComparison.Ordinal)
        select container.Breach("image", $"\"{image}\" may be another image tomorrow");

    private static IEnumerable<Breach> Secrets(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        from variable in List(container.Body["env"])
        let name = Text(variable["name"])
        where Text(variable["value"]).Length > 0 && name.Contains("secret", StringComparison.OrdinalIgnoreCase)
        select container.Breach($"env[{name}]", "whoever may read the object may read it");

    private static IEnumerable<Breach> Duplicates(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        from same in List(container.Body["env"]).GroupBy(variable => Text(variable["name"]))
        where same.Count() > 1
        select container.Breach($"env[{same.Key}]", "it is set more than once");

    private static IEnumerable<Breach> SshPorts(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        where List(container.Body["ports"]).Any(port => Text(port["containerPort"]) == "22" && Text(port["protocol"]) is "" or "TCP")
        select container.Breach("ports", "it opens port 22, that of SSH");

    private static IEnumerable<Breach> Extensions(PolicyObjects objects) =>
        from manifest in objects.All
        where manifest.ApiVersion.StartsWith("extensions/v1beta", StringComparison.Ordinal)
        select new Breach(manifest, "apiVersion", $"no API server of today knows {manifest.ApiVersion}");

    private static IEnumerable<Breach> Deprecated(PolicyObjects objects) =>
        from pod in objects.Pods
        where pod.Spec["serviceAccount"] is not null && Text(pod.Spec["serviceAccount"]) != Text(pod.Spec["serviceAccountName"])
        select pod.Breach("serviceAccount", "this field is deprecated");

    /// <summary>A name that ends with a tag or a digest; a colon before the last slash is a registry's port.</summary>
    [GeneratedRegex("[:@][^/]+\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Versioned();
}
