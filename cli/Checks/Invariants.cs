using System.Text.Json.Nodes;
using Cli.Status;
using Infra.Identity;
using Infra.MySql;
using Infra.Workloads;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks;

/// <summary>What holds for the objects of every stack, whatever its settings: order, identity, and nothing that takes all pods or a claim at once.</summary>
public static class Invariants
{
    private const string PropagationPolicy = "pulumi.com/deletionPropagationPolicy";

    /// <summary>The invariants, each with a name that says what it holds.</summary>
    internal static IReadOnlyList<(string Name, Func<StatefulSetView, IReadOnlyList<Manifest>, IEnumerable<string>> Broken)> All { get; } =
    [
        ("everything a set refers to is there", References),
        ("pods start in order", Order),
        ("seeding comes before serving", Seeding),
        ("the set's service is its headless Service", Headless),
        ("one set of labels", Labels),
        ("a write Service leads to ordinal 0 alone", Writers),
        ("mounts and ports have what they name", Mounts),
        ("claims outlive pods", Claims),
        ("pods outlive a replaced set", Orphans),
        ("names fit", Names),
    ];

    /// <summary>Every violation in a stack's objects.</summary>
    public static IReadOnlyList<Violation> Check(IReadOnlyList<Manifest> manifests) =>
    [
        .. from manifest in manifests
           where manifest.Kind == "StatefulSet"
           from invariant in All
           from sentence in invariant.Broken(new StatefulSetView(manifest), manifests)
           select new Violation($"StatefulSet/{manifest.Name}", sentence),
    ];

    private static IEnumerable<string> References(StatefulSetView set, IReadOnlyList<Manifest> manifests) =>
        from reference in set.References
        where !manifests.Any(other => other.Namespace == set.Manifest.Namespace && other.Kind == reference.Kind && other.Name == reference.Name)
        select $"it refers to {reference.Kind} \"{reference.Name}\", which is not there";

    private static IEnumerable<string> Order(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        if (Text(set.Spec["podManagementPolicy"]) is not ("OrderedReady" or "") and var policy)
        {
            yield return $"podManagementPolicy is {policy}; only under OrderedReady can a pod be seeded from the one before it";
        }
    }

    private static IEnumerable<string> Seeding(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        var init = set.InitContainers.Select(container => Text(container["name"])).ToList();
        var main = set.Containers.Select(container => Text(container["name"])).ToList();
        if (main.Contains("mysql") && !(init is ["init-mysql", "clone-mysql"] && main is ["mysql", "xtrabackup" or "replication"] or ["mysql", "xtrabackup" or "replication", "metrics"]))
        {
            yield return $"a MySQL pod runs init-mysql, then clone-mysql, then mysql with its sidecar; this one runs {string.Join(", ", init.Concat(main))}";
        }
    }

    private static IEnumerable<string> Headless(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        var service = Text(set.Spec["serviceName"]);
        var found = Services(set, manifests).FirstOrDefault(other => other.Name == service);
        if (found is not null && Text(found.Body["spec"]?["clusterIP"]) != "None")
        {
            yield return $"its Service \"{service}\" has an address of its own (clusterIP is not None), so that pods get no records";
        }
    }

    private static IEnumerable<string> Labels(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        if (set.Selector.Count == 0 || !IsWithin(set.Selector, set.PodLabels))
        {
            yield return "its selector does not find its own pods";
        }

        foreach (var service in Own(set, manifests).Where(service => !IsOfOnePod(service) && !JsonNode.DeepEquals(Selector(service), set.Selector)))
        {
            yield return $"Service \"{service.Name}\" selects other pods than the set";
        }
    }

    private static IEnumerable<string> Writers(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        var runsMySql = set.Containers.Any(container => Text(container["name"]) == MySqlStatus.Container);
        var primary = set.Selector.DeepClone().AsObject();
        primary[WorkloadLabels.PodName] = $"{set.Manifest.Name}-{StatefulIdentity.PrimaryOrdinal}";
        foreach (var service in Own(set, manifests).Where(service => IsOfOnePod(service) || (runsMySql && service.Name == WriteService.NameFor(set.Manifest.Name))))
        {
            if (!JsonNode.DeepEquals(Selector(service), primary))
            {
                yield return $"Service \"{service.Name}\" does not lead to {primary[WorkloadLabels.PodName]} alone, the only pod that takes writes";
            }

            if (Text(service.Body["spec"]?["publishNotReadyAddresses"]) == "true")
            {
                yield return $"Service \"{service.Name}\" leads writers to a primary that is not ready (publishNotReadyAddresses)";
            }
        }
    }

    private static IEnumerable<string> Mounts(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        var volumes = set.Volumes.Select(volume => Text(volume["name"])).Concat(set.ClaimTemplates).ToHashSet();
        foreach (var container in set.InitContainers.Concat(set.Containers))
        {
            foreach (var mount in List(container["volumeMounts"]).Select(mount => Text(mount["name"])).Where(name => !volumes.Contains(name)))
            {
                yield return $"container {Text(container["name"])} mounts \"{mount}\", which is neither a volume nor a claim template";
            }
        }

        var ports = set.PortNames.ToHashSet();
        foreach (var service in Own(set, manifests))
        {
            foreach (var target in List(service.Body["spec"]?["ports"]).Select(port => Text(port["targetPort"])).Where(name => name.Any(char.IsAsciiLetter) && !ports.Contains(name)))
            {
                yield return $"Service \"{service.Name}\" targets port \"{target}\", which no container has";
            }
        }
    }

    private static IEnumerable<string> Claims(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        foreach (var (when, policy) in set.Spec["persistentVolumeClaimRetentionPolicy"] as JsonObject ?? [])
        {
            if (Text(policy) != "Retain")
            {
                yield return $"persistentVolumeClaimRetentionPolicy.{when} is {policy}; only Retain keeps the data";
            }
        }
    }

    /// <summary>Pods that keep nothing and that no Service offers to anybody may stop with their set.</summary>
    private static IEnumerable<string> Orphans(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        var matters = set.ClaimTemplates.Count > 0 || Own(set, manifests).Any(service => List(service.Body["spec"]?["ports"]).Count > 0);
        if (matters && Text(set.Manifest.Body["metadata"]?["annotations"]?[PropagationPolicy]) != "orphan")
        {
            yield return $"it lacks the annotation {PropagationPolicy}: orphan; a replacement would stop all pods at once";
        }
    }

    private static IEnumerable<string> Names(StatefulSetView set, IReadOnlyList<Manifest> manifests)
    {
        if (ResourceName.SetProblem(set.Manifest.Name, set.Replicas) is { } problem)
        {
            yield return $"its name {problem}";
        }
    }

    /// <summary>The Services in front of the set's pods: the one it names, and all that select them.</summary>
    private static IEnumerable<Manifest> Own(StatefulSetView set, IReadOnlyList<Manifest> manifests) => Services(set, manifests)
        .Where(service => service.Name == Text(set.Spec["serviceName"]) || IsWithin(WithoutPod(Selector(service)), set.PodLabels));

    private static bool IsOfOnePod(Manifest service) => Selector(service).ContainsKey(WorkloadLabels.PodName);

    /// <summary>A selector without the pod's name, a label that no template has: the controller gives it.</summary>
    private static JsonObject WithoutPod(JsonObject selector) =>
        new(selector.Where(label => label.Key != WorkloadLabels.PodName).Select(label => KeyValuePair.Create(label.Key, label.Value?.DeepClone())));

    private static JsonObject Selector(Manifest service) => service.Body["spec"]?["selector"] as JsonObject ?? [];

    private static IEnumerable<Manifest> Services(StatefulSetView set, IReadOnlyList<Manifest> manifests) =>
        manifests.Where(other => other.Kind == "Service" && other.Namespace == set.Manifest.Namespace);
}
