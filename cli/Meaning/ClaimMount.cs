using System.Text.Json.Nodes;
using Cli.Checks;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Meaning;

/// <summary>Where a container finds a claim.</summary>
/// <param name="Container">The container's name.</param>
/// <param name="IsInit">Whether it ends before the others begin.</param>
/// <param name="Claim">The claim's template, or the claim.</param>
/// <param name="Path">Where in the container, without a slash at the end.</param>
/// <param name="SubPath">Which folder of the claim; empty for the claim itself.</param>
internal sealed record ClaimMount(string Container, bool IsInit, string Claim, string Path, string SubPath)
{
    /// <summary>The place in words.</summary>
    public string Place => SubPath.Length == 0 ? Path : $"{Path} (subPath {SubPath})";

    /// <summary>All of an object's pods.</summary>
    public static IReadOnlyList<ClaimMount> Of(Manifest owner)
    {
        var set = new StatefulSetView(owner);
        return [.. Of(set, set.InitContainers, isInit: true), .. Of(set, set.Containers, isInit: false)];
    }

    private static IEnumerable<ClaimMount> Of(StatefulSetView set, IEnumerable<JsonObject> containers, bool isInit) =>
        from container in containers
        from mount in List(container["volumeMounts"]).Concat(List(container["volumeDevices"]))
        let claim = ClaimOf(set, Text(mount["name"]))
        where claim.Length > 0
        select new ClaimMount(
            Text(container["name"]), isInit, claim, Text(mount["mountPath"] ?? mount["devicePath"]).TrimEnd('/'), Text(mount["subPath"] ?? mount["subPathExpr"]).Trim('/'));

    private static string ClaimOf(StatefulSetView set, string volume) => set.ClaimTemplates.Contains(volume)
        ? volume
        : Text((set.Volumes.FirstOrDefault(one => Text(one["name"]) == volume)?["persistentVolumeClaim"] as JsonObject)?["claimName"]);
}
