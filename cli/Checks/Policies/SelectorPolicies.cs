using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>What points somewhere has something there.</summary>
internal static partial class SelectorPolicies
{
    /// <summary>The policies.</summary>
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("dangling-service", "kube-linter; kube-score: service-targets-pod", "a Service selects pods that are there; the labels that a StatefulSet's controller gives each pod count", "select labels that the pods have", DanglingServices),
        new("networkpolicy-targets-pod", "kube-score", "a NetworkPolicy selects pods that are there", "select labels that the pods have", objects => Dangling(objects, "NetworkPolicy", "podSelector")),
        new("dangling-poddisruptionbudget", "here", "a PodDisruptionBudget selects pods that are there", "select labels that the pods have", objects => Dangling(objects, "PodDisruptionBudget", "selector")),
        new("mismatching-selector", "kube-linter; kube-score: statefulset-pod-selector-labels-match-template-metadata-labels", "a workload's selector finds its own pods", "give the pods the selector's labels", Mismatching),
        new("statefulset-has-servicename", "kube-score", "a StatefulSet names a headless Service that selects its pods", "name a Service with clusterIP: None that selects them", ServiceNames),
        new("non-existent-service-account", "kube-linter", "a service account that pods name is there", "add the ServiceAccount, or leave serviceAccountName out", ServiceAccounts),
        new("invalid-target-ports", "kube-linter", "a Service's target port is one that the pods have, under a name that a port may have", "target a port that a container declares", TargetPorts),
        new("liveness-port", "kube-linter", "a liveness probe asks at a port that its container declares", "declare the port", objects => ProbePorts(objects, "livenessProbe")),
        new("readiness-port", "kube-linter", "a readiness probe asks at a port that its container declares", "declare the port", objects => ProbePorts(objects, "readinessProbe")),
        new("startup-port", "kube-linter", "a startup probe asks at a port that its container declares", "declare the port", objects => ProbePorts(objects, "startupProbe")),
        new("label-values", "kube-score", "labels have values that a label may have", "at most 63 letters, digits, '-', '_' and '.', starting and ending with a letter or digit", LabelValues),
    ];

    private static IEnumerable<Breach> DanglingServices(PolicyObjects objects) =>
        from service in objects.Of("Service")
        where Text(service.Body["spec"]?["type"]) != "ExternalName"
        let selector = service.Body["spec"]?["selector"] as JsonObject ?? []
        where selector.Count == 0 || !objects.Pods.Any(pod => pod.Manifest.Namespace == service.Namespace && pod.IsFoundBy(selector))
        select new Breach(service, "spec.selector", selector.Count == 0 ? "it selects nothing" : "it selects no pod of these objects");

    private static IEnumerable<Breach> Dangling(PolicyObjects objects, string kind, string selector) =>
        from manifest in objects.Of(kind)
        where !objects.Pods.Any(pod => objects.Selecting(pod, kind, selector).Contains(manifest))
        select new Breach(manifest, $"spec.{selector}", "it selects no pod of these objects");

    private static IEnumerable<Breach> Mismatching(PolicyObjects objects) =>
        from pod in objects.Pods
        where pod.Manifest.Kind is not ("Pod" or "Job" or "CronJob")
        let selector = pod.Manifest.Body["spec"]?["selector"] as JsonObject ?? []
        let finds = pod.Manifest.Kind == "ReplicationController" ? Selection.FindsAll(selector, pod.Labels) : Selection.Finds(selector, pod.Labels)
        where selector.Count == 0 || !finds
        select new Breach(pod.Manifest, "spec.selector", selector.Count == 0 ? "there is none" : "it does not find the workload's own pods");

    private static IEnumerable<Breach> ServiceNames(PolicyObjects objects) =>
        from pod in objects.Pods
        where pod.Manifest.Kind == "StatefulSet"
        let name = Text(pod.Manifest.Body["spec"]?["serviceName"])
        where !objects.Services(pod).Any(service => service.Name == name && Text(service.Body["spec"]?["clusterIP"]) == "None")
        select new Breach(pod.Manifest, "spec.serviceName", name.Length == 0 ? "it names no Service" : $"there is no headless Service \"{name}\" that selects its pods");

    private static IEnumerable<Breach> ServiceAccounts(PolicyObjects objects) =>
        from pod in objects.Pods
        let name = Text(pod.Spec["serviceAccountName"] ?? pod.Spec["serviceAccount"])
        where name is not ("" or "default") && !objects.Of("ServiceAccount").Any(account => account.Namespace == pod.Manifest.Namespace && account.Name == name)
        select pod.Breach("serviceAccountName", $"there is no ServiceAccount \"{name}\" among these objects");

    private static IEnumerable<Breach> TargetPorts(PolicyObjects objects)
    {
        foreach (var container in ContainerView.All(objects))
        {
            foreach (var name in List(container.Body["ports"]).Select(port => Text(port["name"])).Where(name => name.Length > 0 && !PortName().IsMatch(name)))
            {
                yield return container.Breach("ports", $"\"{name}\" is not the name of a port");
            }
        }

        foreach (var service in objects.Of("Service"))
        {
            var ports = objects.Pods.Where(pod => objects.Services(pod).Contains(service)).SelectMany(pod => pod.Containers).SelectMany(container => List(container.Body["ports"])).ToList();
            foreach (var target in List(service.Body["spec"]?["ports"]).Select(port => Text(port["targetPort"])).Where(target => target.Length > 0))
            {
                if (int.TryParse(target, out var number) ? number is < 1 or > 65535 : !ports.Any(port => Text(port["name"]) == target))
                {
                    yield return new Breach(service, "spec.ports", $"no container that it selects has a port \"{target}\"");
                }
            }
        }
    }

    private static IEnumerable<Breach> ProbePorts(PolicyObjects objects, string probe) =>
        from container in ContainerView.All(objects)
        where !container.IsInit
        let asked = container.Body[probe]
        from action in (string[])["httpGet", "tcpSocket", "grpc"]
        let port = Text(asked?[action]?["port"])
        where port.Length > 0 && !List(container.Body["ports"]).Any(declared => Text(declared["name"]) == port || Text(declared["containerPort"]) == port)
        select container.Breach(probe, $"its container declares no port {port}");

    private static IEnumerable<Breach> LabelValues(PolicyObjects objects) =>
        from manifest in objects.All
        from labels in Labels(manifest)
        from label in labels.Labels
        where !LabelValue().IsMatch(Text(label.Value))
        select new Breach(manifest, $"{labels.Path}.{label.Key}", $"\"{label.Value}\" is not the value of a label");

    private static IEnumerable<(string Path, JsonObject Labels)> Labels(Manifest manifest)
    {
        yield return ("metadata.labels", manifest.Body["metadata"]?["labels"] as JsonObject ?? []);
        if (PodView.Of(manifest) is { } pod && manifest.Kind != "Pod")
        {
            yield return ($"{pod.Path[..^"spec".Length]}metadata.labels", pod.Labels);
        }
    }

    [GeneratedRegex("^(?=.{1,15}\\z)(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex PortName();

    [GeneratedRegex("^(?=.{0,63}\\z)([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelValue();
}
