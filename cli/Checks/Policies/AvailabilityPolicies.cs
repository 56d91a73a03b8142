using System.Text.Json.Nodes;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>What keeps pods serving while nodes and networks do as they please.</summary>
internal static class AvailabilityPolicies
{
    /// <summary>The policies.</summary>
    public static IReadOnlyList<Policy> All { get; } =
    [
        new("statefulset-has-poddisruptionbudget", "kube-score", "a StatefulSet of two pods or more has a PodDisruptionBudget", "add one that selects its pods (here: disruptionBudget)", Budgets),
        new("poddisruptionbudget-has-policy", "kube-score", "a PodDisruptionBudget says how many pods may be away", "set maxUnavailable", Undecided),
        new("pdb-max-unavailable", "kube-linter", "maxUnavailable lets a pod be taken away", "set it to 1 or more", objects => Of(objects, "maxUnavailable", (text, _) => text is "0" or "0%" ? "it lets no pod be taken away, so that no node can be drained" : null)),
        new("pdb-min-available", "kube-linter", "minAvailable lets a pod be taken away", "set maxUnavailable: 1 in its place", objects => Of(objects, "minAvailable", (text, pods) => KeepsAll(text, pods) ? "it keeps every pod, so that no node can be drained" : null)),
        new("pdb-unhealthy-pod-eviction-policy", "kube-linter", "a PodDisruptionBudget lets pods be taken away that are not ready", "set unhealthyPodEvictionPolicy: AlwaysAllow", Unhealthy),
        new("pod-topology-spread-constraints", "kube-score", "two pods or more are spread over hosts, and every constraint counts the workload's own pods", "add a constraint with topologyKey: kubernetes.io/hostname and the pods' labels (here: spread)", Spread),
        new("pod-networkpolicy", "kube-score", "a NetworkPolicy says who reaches a pod and whom it reaches", "add one that selects the pod, with policyTypes Ingress and Egress (here: network.policy)", Networks),
        new("pod-probes", "kube-score", "a pod behind a Service has a readiness and a liveness probe", "add the probe to the container that serves", Probes),
        new("pod-probes-identical", "kube-score", "a container is not restarted by what takes it out of its Service: liveness asks otherwise, or gives up later", "ask otherwise, or raise periodSeconds or failureThreshold of livenessProbe", Identical),
        new("job-ttl-seconds-after-finished", "kube-linter", "a Job goes when it is over, and one of a CronJob by the CronJob's history", "set ttlSecondsAfterFinished on a Job, and not within a CronJob", Leftovers),
        new("cronjob-has-deadline", "kube-score", "a CronJob says how late a run may begin", "set spec.startingDeadlineSeconds", Deadlines),
        new("cronjob-restartpolicy", "kube-score", "a CronJob's pods say whether they are started again", "set restartPolicy to Never or OnFailure", Restarts),
    ];

    private static IEnumerable<Breach> Budgets(PolicyObjects objects) =>
        from pod in objects.Pods
        where pod.Manifest.Kind == "StatefulSet" && pod.Replicas > 1 && !objects.Selecting(pod, "PodDisruptionBudget", "selector").Any()
        select new Breach(pod.Manifest, "spec.template.metadata.labels", "no PodDisruptionBudget selects its pods");

    private static IEnumerable<Breach> Undecided(PolicyObjects objects) =>
        from budget in objects.Of("PodDisruptionBudget")
        where budget.Body["spec"]?["maxUnavailable"] is null && budget.Body["spec"]?["minAvailable"] is null
        select new Breach(budget, "spec", "it has neither maxUnavailable nor minAvailable");

    private static IEnumerable<Breach> Of(PolicyObjects objects, string key, Func<string, IReadOnlyList<PodView>, string?> problem) =>
        from budget in objects.Of("PodDisruptionBudget")
        let text = Text(budget.Body["spec"]?[key])
        where text.Length > 0
        let sentence = problem(text, [.. objects.Pods.Where(pod => objects.Selecting(pod, "PodDisruptionBudget", "selector").Contains(budget))])
        where sentence is not null
        select new Breach(budget, $"spec.{key}", sentence);

    private static bool KeepsAll(string text, IReadOnlyList<PodView> pods) => text.EndsWith('%')
        ? int.TryParse(text[..^1], out var percent) && pods.Select(pod => pod.Replicas).OfType<int>().DefaultIfEmpty(100).Any(replicas => Math.Ceiling(replicas * percent / 100.0) >= replicas)
        : int.TryParse(text, out var least) && pods.Any(pod => pod.Replicas <= least);

    private static IEnumerable<Breach> Unhealthy(PolicyObjects objects) =>
        from budget in objects.Of("PodDisruptionBudget")
        where Text(budget.Body["spec"]?["unhealthyPodEvictionPolicy"]) != "AlwaysAllow"
        select new Breach(budget, "spec.unhealthyPodEvictionPolicy", "a pod that never becomes ready keeps its node from being drained");

    private static IEnumerable<Breach> Spread(PolicyObjects objects)
    {
        foreach (var pod in objects.Pods.Where(pod => pod.Replicas > 1))
        {
            var constraints = List(pod.Spec["topologySpreadConstraints"]);
            if (!constraints.Any(constraint => Text(constraint["topologyKey"]) == "kubernetes.io/hostname"))
            {
                yield return pod.Breach("topologySpreadConstraints", "nothing keeps the pods on different hosts");
            }

            foreach (var constraint in constraints)
            {
                var problem = constraint["labelSelector"] is not { } selector || !Selection.Finds(selector, pod.Labels) ? "does not count the workload's own pods"
                    : Text(constraint["maxSkew"]) is "" or "0" ? "has no maxSkew"
                    : Text(constraint["whenUnsatisfiable"]) is not ("DoNotSchedule" or "ScheduleAnyway") ? "does not say what happens where it cannot be kept"
                    : null;
                if (problem is not null)
                {
                    yield return pod.Breach("topologySpreadConstraints", $"the constraint over {Text(constraint["topologyKey"])} {problem}");
                }
            }
        }
    }

    private static IEnumerable<Breach> Networks(PolicyObjects objects)
    {
        foreach (var pod in objects.Pods)
        {
            var directions = objects.Selecting(pod, "NetworkPolicy", "podSelector").SelectMany(Directions).ToHashSet();
            foreach (var (direction, sentence) in ((string, string)[])[("Ingress", "no NetworkPolicy says who reaches it"), ("Egress", "no NetworkPolicy says whom it reaches")])
            {
                if (!directions.Contains(direction))
                {
                    yield return new Breach(pod.Manifest, pod.Manifest.Kind == "Pod" ? "metadata.labels" : $"{pod.Path[..^"spec".Length]}metadata.labels", sentence);
                }
            }
        }
    }

    /// <summary>What a policy is about: what it says, or else what comes in, and what goes out where it has a word on that.</summary>
    private static IEnumerable<string> Directions(Lab.Manifests.Manifest policy) => policy.Body["spec"]?["policyTypes"] is JsonArray { Count: > 0 } types
        ? types.Select(Text)
        : policy.Body["spec"]?["egress"] is JsonArray { Count: > 0 } ? ["Ingress", "Egress"] : ["Ingress"];

    private static IEnumerable<Breach> Probes(PolicyObjects objects) =>
        from pod in objects.Pods
        where !pod.IsOfJob && objects.Services(pod).Any()
        from probe in (string[])["readinessProbe", "livenessProbe"]
        where !pod.Containers.Any(container => container.Body[probe] is not null)
        select pod.Breach("containers", $"a Service leads to it, and no container has a {probe}");

    private static IEnumerable<Breach> Identical(PolicyObjects objects) =>
        from container in ContainerView.All(objects)
        where container.Body["livenessProbe"] is JsonObject && container.Body["readinessProbe"] is JsonObject
        let live = container.Body["livenessProbe"]!.AsObject()
        let ready = container.Body["readinessProbe"]!.AsObject()
        where JsonNode.DeepEquals(Question(live), Question(ready)) && Patience(live) <= Patience(ready)
        select container.Breach("livenessProbe", "it asks what readiness asks and gives up as soon");

    private static JsonObject Question(JsonObject probe) =>
        new(((string[])["httpGet", "tcpSocket", "exec", "grpc"]).Select(action => KeyValuePair.Create(action, probe[action]?.DeepClone())));

    /// <summary>How long a probe goes on failing before something is done, in seconds; the defaults are the API's.</summary>
    private static int Patience(JsonObject probe) => Number(probe["periodSeconds"], 10) * Number(probe["failureThreshold"], 3);

    private static int Number(JsonNode? node, int otherwise) => int.TryParse(Text(node), out var number) ? number : otherwise;

    private static IEnumerable<Breach> Leftovers(PolicyObjects objects) =>
        from pod in objects.Pods
        where pod.IsOfJob
        let isScheduled = pod.Manifest.Kind == "CronJob"
        let spec = isScheduled ? pod.Manifest.Body["spec"]?["jobTemplate"]?["spec"] : pod.Manifest.Body["spec"]
        where isScheduled == (spec?["ttlSecondsAfterFinished"] is not null)
        select new Breach(
            pod.Manifest,
            isScheduled ? "spec.jobTemplate.spec.ttlSecondsAfterFinished" : "spec.ttlSecondsAfterFinished",
            isScheduled ? "it and the CronJob's history both say how long a run is kept" : "it stays for ever when it is over");

    private static IEnumerable<Breach> Deadlines(PolicyObjects objects) =>
        from job in objects.Of("CronJob")
        where job.Body["spec"]?["startingDeadlineSeconds"] is null
        select new Breach(job, "spec.startingDeadlineSeconds", "it does not say how late a run may begin");

    private static IEnumerable<Breach> Restarts(PolicyObjects objects) =>
        from pod in objects.Pods
        where pod.Manifest.Kind == "CronJob" && Text(pod.Spec["restartPolicy"]) is not ("Never" or "OnFailure")
        select pod.Breach("restartPolicy", "it is neither Never nor OnFailure");
}
