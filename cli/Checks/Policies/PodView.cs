using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Workloads;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>The pods that an object makes, or the pod that it is.</summary>
/// <param name="Manifest">The object.</param>
/// <param name="Path">Where the pod's spec is in it.</param>
/// <param name="Template">The pod's template: its metadata and its spec.</param>
internal sealed record PodView(Manifest Manifest, string Path, JsonObject Template)
{
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["Pod"] = "",
        ["CronJob"] = "spec.jobTemplate.spec.template",
        ["Job"] = "spec.template",
        ["StatefulSet"] = "spec.template",
        ["Deployment"] = "spec.template",
        ["DaemonSet"] = "spec.template",
        ["ReplicaSet"] = "spec.template",
        ["ReplicationController"] = "spec.template",
    };

    /// <summary>The pods of an object; nothing where it makes none.</summary>
    public static PodView? Of(Manifest manifest)
    {
        if (!Paths.TryGetValue(manifest.Kind, out var path))
        {
            return null;
        }

        var template = path.Split('.', StringSplitOptions.RemoveEmptyEntries).Aggregate((JsonNode?)manifest.Body, (at, key) => (at as JsonObject)?[key]) as JsonObject;
        return template?["spec"] is JsonObject ? new PodView(manifest, path.Length == 0 ? "spec" : $"{path}.spec", template) : null;
    }

    /// <summary>The pod's spec.</summary>
    public JsonObject Spec => Template["spec"] as JsonObject ?? [];

    /// <summary>The pod's labels.</summary>
    public JsonObject Labels => Template["metadata"]?["labels"] as JsonObject ?? [];

    /// <summary>Whether it runs to an end.</summary>
    public bool IsOfJob => Manifest.Kind is "Job" or "CronJob";

    /// <summary>How many there are; nothing where the object does not count them.</summary>
    public int? Replicas => Manifest.Kind is "StatefulSet" or "Deployment" or "ReplicaSet" or "ReplicationController"
        ? new StatefulSetView(Manifest).Replicas
        : null;

    /// <summary>All containers, those that run first before the others.</summary>
    public IEnumerable<ContainerView> Containers =>
        from list in (string[])["initContainers", "containers"]
        from container in List(Spec[list])
        select new ContainerView(this, container, $"{Path}.{list}[{Text(container["name"])}]", IsInit: list == "initContainers");

    /// <summary>Whether labels that a selector asks for are those of such a pod, its controller's own among them: a StatefulSet names each of its pods.</summary>
    public bool IsFoundBy(JsonObject wanted)
    {
        var labels = Labels.DeepClone().AsObject();
        if (Manifest.Kind == "StatefulSet")
        {
            for (var ordinal = 0; ordinal < Replicas; ordinal++)
            {
                var (pod, index) = ($"{Manifest.Name}-{ordinal.ToString(CultureInfo.InvariantCulture)}", ordinal.ToString(CultureInfo.InvariantCulture));
                if (Text(wanted[WorkloadLabels.PodName]) == pod || Text(wanted[WorkloadLabels.PodIndex]) == index)
                {
                    (labels[WorkloadLabels.PodName], labels[WorkloadLabels.PodIndex]) = (pod, index);
                }
            }
        }

        return Selection.FindsAll(wanted, labels);
    }

    /// <summary>A breach by the pod.</summary>
    /// <param name="path">Where in its spec; the spec itself where it is empty.</param>
    /// <param name="sentence">What is wrong.</param>
    public Breach Breach(string path, string sentence) => new(Manifest, path.Length == 0 ? Path : $"{Path}.{path}", sentence);
}
