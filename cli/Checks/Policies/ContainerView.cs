using System.Text.Json.Nodes;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>A container of a pod.</summary>
/// <param name="Pod">The pod.</param>
/// <param name="Body">The container.</param>
/// <param name="Path">Where it is in the object.</param>
/// <param name="IsInit">Whether it is an init container.</param>
internal sealed record ContainerView(PodView Pod, JsonObject Body, string Path, bool IsInit)
{
    /// <summary>The container's security context.</summary>
    public JsonObject Security => Body["securityContext"] as JsonObject ?? [];

    /// <summary>What the container's security context says of a matter, or else the pod's.</summary>
    public string Effective(string key) => Text(Security[key] ?? Pod.Spec["securityContext"]?[key]);

    /// <summary>The containers of all pods that a linter looks into.</summary>
    public static IEnumerable<ContainerView> All(PolicyObjects objects) => objects.Pods.SelectMany(pod => pod.Containers);

    /// <summary>A breach by the container.</summary>
    /// <param name="path">Where in it.</param>
    /// <param name="sentence">What is wrong.</param>
    public Breach Breach(string path, string sentence) => new(Pod.Manifest, $"{Path}.{path}", sentence);
}
