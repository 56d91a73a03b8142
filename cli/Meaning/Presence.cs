using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What it means that an object comes or goes.</summary>
internal static class Presence
{
    /// <summary>Kinds whose pods go with them.</summary>
    private static readonly string[] WithPods = ["Deployment", "DaemonSet", "Job", "CronJob", "Pod"];

    /// <summary>What follows when an object is made.</summary>
    public static IEnumerable<Finding> Created(Manifest made, IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        if (!ChangeTable.IsKnown(made.Kind, made.ApiVersion))
        {
            return [new Finding(Tier.Unknown, $"{made.Kind} ({made.ApiVersion}) is a kind that the table does not have")];
        }

        if (made.Kind != "StatefulSet")
        {
            return RestoreMeaning.Made(made, before) ?? [new Finding(Tier.NothingRestarts, null)];
        }

        var pods = new Finding(Tier.NothingRestarts, $"pods start: {SetChange.Names(SetChange.Pods(made))}");
        return SetChange.HasClaims(made) && before.FirstOrDefault(old => IsPredecessor(old, made) && !after.Any(other => IsSame(other, old))) is { } was
            ? [
                pods,
                new Finding(
                    Tier.DataAtRisk,
                    $"it takes the place of StatefulSet {was.Name}{(was.Namespace == made.Namespace ? string.Empty : $" in namespace {was.Namespace}")} and starts EMPTY: its claims {SetChange.ClaimNames(made)} are new, the data stay in {SetChange.ClaimNames(was)}",
                    "keep the name and the namespace; or bring the new one up beside the old one, copy the data, and remove the old one by a later change"),
              ]
            : [pods];
    }

    /// <summary>What follows when an object is removed.</summary>
    public static IEnumerable<Finding> Removed(Manifest gone, IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after) => RestoreMeaning.Gone(gone) ?? gone.Kind switch
    {
        _ when gone.Kind == "CustomResourceDefinition" => [new Finding(Tier.DataAtRisk, "all objects of its kind are deleted with it")],
        _ when !ChangeTable.IsKnown(gone.Kind, gone.ApiVersion) => [new Finding(Tier.Unknown, $"{gone.Kind} ({gone.ApiVersion}) is a kind that the table does not have")],
        "StatefulSet" => RemovedSet(gone),
        "Namespace" => [new Finding(
            Tier.DataAtRisk, "everything in it is deleted with it: pods, Secrets, and every claim with its data. Pulumi refuses it while the namespace is protected",
            "leave createNamespace as it is; or take the namespace out of the stack's state and keep it: pulumi state delete <its URN>")],
        "PersistentVolumeClaim" => [new Finding(Tier.DataAtRisk, "the claim is deleted, and its data with it, unless its volume is retained", "keep it, or see that its volume's persistentVolumeReclaimPolicy is Retain")],
        "PersistentVolume" => [new Finding(Tier.DataAtRisk, "the volume is deleted under the claim that is bound to it")],
        "Service" => [new Finding(Tier.Removed, $"nobody finds {gone.Name} any more{(Headless(gone, after) is { } set ? $", and the pods of StatefulSet {set.Name} lose their DNS names" : string.Empty)}")],
        "ConfigMap" or "Secret" or "ServiceAccount" => Users(gone, after) is { Count: > 0 } users
            ? [new Finding(Tier.Removed, $"the pods of {string.Join(", ", users)} refer to it: one that restarts without it does not start")]
            : Users(gone, [.. before.Where(set => set.Kind == "StatefulSet" && SetChange.HasOrphanPolicy(set) && !after.Any(other => IsSame(other, set)))]) is { Count: > 0 } orphans
            ? [new Finding(Tier.Removed, $"the pods that {string.Join(", ", orphans)} leaves behind refer to it: one that restarts does not start")]
            : [new Finding(Tier.NothingRestarts, "no pod of what is left refers to it")],
        "Certificate" => [new Finding(Tier.Removed, $"nobody renews what is in Secret {gone.Body["spec"]?["secretName"]} any more, which stays, unless cert-manager runs with --enable-certificate-owner-ref: servers that have it refuse clients that verify them once it has run out")],
        "PodMonitor" => [new Finding(Tier.Removed, "nobody collects figures of its pods any more, and alerts that are made of them do not fire")],
        "PrometheusRule" => [new Finding(Tier.Removed, "its alerts are gone")],
        "StorageClass" when Claimants(gone, after) is { Count: > 0 } sets => [new Finding(Tier.Removed, $"the claims of {string.Join(", ", sets)} name it: a new one waits for a volume for ever")],
        _ when WithPods.Contains(gone.Kind) => [new Finding(Tier.Removed, "its pods stop")],
        _ => [new Finding(Tier.NothingRestarts, null)],
    };

    /// <summary>A set that is in a cluster and that the stack does not have. Whose it is, the cluster does not say.</summary>
    public static ObjectChange Elsewhere(Manifest set) => new(Action.Delete, set.Kind, set.Namespace, set.Name)
    {
        Findings = [new Finding(
            Tier.Unknown, "it is in the cluster, of this program, and not in this stack: either another stack has it and it stays, or this one had it, and pulumi up removes it. A system that was renamed starts EMPTY under its new name",
            "./dev diff BASE with what was deployed last says which")],
    };

    private static IEnumerable<Finding> RemovedSet(Manifest gone)
    {
        var (pods, claims) = (SetChange.Names(SetChange.Pods(gone)), SetChange.ClaimNames(gone));
        yield return SetChange.HasOrphanPolicy(gone)
            ? new Finding(Tier.Removed, $"its pods ({pods}) run on with nobody to look after them, as the base has {SetChange.PropagationPolicy}: orphan; one that stops does not come back")
            : new Finding(Tier.Removed, $"its pods stop at once: {pods}");
        if (SetChange.HasClaims(gone))
        {
            yield return SetChange.DeletesClaims(gone, "whenDeleted") && !SetChange.HasOrphanPolicy(gone)
                ? new Finding(Tier.DataAtRisk, $"the claims {claims} are deleted with it (persistentVolumeClaimRetentionPolicy.whenDeleted: Delete), and the data with them")
                : new Finding(Tier.Removed, $"the claims {claims} stay, and are found again by a set of the same name");
        }
    }

    /// <summary>Whether a set that is gone is what another was before it was renamed or moved: it ran the same containers on claims.</summary>
    private static bool IsPredecessor(Manifest old, Manifest made) => old.Kind == made.Kind && SetChange.HasClaims(old)
        && (SetChange.IsOfMySql(made) ? SetChange.IsOfMySql(old) : Containers(old).SequenceEqual(Containers(made)));

    private static IEnumerable<string> Containers(Manifest set) => PodContainers.All(set).Select(container => $"{container["name"]}");

    private static bool IsSame(Manifest one, Manifest other) => one.Kind == other.Kind && one.Namespace == other.Namespace && one.Name == other.Name;

    private static Manifest? Headless(Manifest service, IReadOnlyList<Manifest> after) =>
        after.FirstOrDefault(set => set.Kind == "StatefulSet" && set.Namespace == service.Namespace && $"{set.Body["spec"]?["serviceName"]}" == service.Name);

    /// <summary>The objects whose pods cannot start without another.</summary>
    private static List<string> Users(Manifest gone, IReadOnlyList<Manifest> after) =>
    [
        .. from other in after
           where other.Namespace == gone.Namespace && PodReferences.Of(other).Contains((gone.Kind, gone.Name))
           select $"{other.Kind} {other.Name}",
    ];

    /// <summary>The sets whose claims are of a storage class.</summary>
    private static List<string> Claimants(Manifest gone, IReadOnlyList<Manifest> after) =>
    [
        .. from set in after
           where set.Kind == "StatefulSet" && Checks.StatefulSetView.List(set.Body["spec"]?["volumeClaimTemplates"]).Any(claim => $"{claim["spec"]?["storageClassName"]}" == gone.Name)
           select $"{set.Kind} {set.Name}",
    ];
}
