using System.Text.Json.Nodes;
using Infra.Workloads;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What it means that a claim of a set's pod comes, changes or goes, which the library registers as a patch: it is taken over, grows, stays, or all is refused.</summary>
internal static class ClaimMeaning
{
    private const string Safely = "a system of another name on such volumes, beside this one: restore a backup into it, or dump here and load there; move the clients; then take this one out, whose claims stay (docs/volumes.md)";

    /// <summary>Whether a claim is one that is applied to what is there, and that no change replaces or deletes.</summary>
    public static bool IsPatch(Manifest claim) => claim.Kind == "PersistentVolumeClaim" && $"{claim.Body["metadata"]?["annotations"]?[AwaitAnnotation.Force.Key]}" == AwaitAnnotation.Force.Value;

    /// <summary>Whether the claims of a set are objects of their own, too.</summary>
    public static bool AreRegistered(IReadOnlyList<string> claims, string place, IReadOnlyList<Manifest> objects) =>
        objects.Any(other => IsPatch(other) && other.Namespace == place && claims.Contains(other.Name));

    /// <summary>What the API server refuses.</summary>
    public static Finding Refused(string why) => new(Tier.DataAtRisk, $"REFUSED by the API server before the set is touched, and the deployment fails: {why}", Safely);

    /// <summary>A claim that a set has made already.</summary>
    /// <param name="made">The claim.</param>
    /// <param name="owner">The set, by whose template it was made.</param>
    public static IEnumerable<Finding> TakenOver(Manifest made, Manifest owner)
    {
        var template = Checks.StatefulSetView.List(owner.Body["spec"]?["volumeClaimTemplates"]).FirstOrDefault(one => made.Name.StartsWith($"{one["metadata"]?["name"]}-{owner.Name}-", StringComparison.Ordinal));
        var changes = FieldDifference.Between(template?["spec"], made.Body["spec"]);
        return changes.Count == 0
            ? [new Finding(Tier.NothingRestarts, $"StatefulSet {owner.Name} has made it: it is taken over as it is")]
            : changes.SelectMany(change => change.Path.Text == "resources.requests.storage" ? Sized(change.Before, change.After) : [Keeps(change.Path)]);
    }

    /// <summary>The size of a claim.</summary>
    public static IEnumerable<Finding> Size(ChangeContext context) => !IsPatch(context.After) ? OtherMeaning.ClaimSize(context)
        : LiveObject.Has(context.Before) is { } has ? Resized(context.Field.Before, context.Field.After, has)
        : Sized(context.Field.Before, context.Field.After);

    /// <summary>What of a claim never changes.</summary>
    public static IEnumerable<Finding> Fixed(ChangeContext context) =>
        [IsPatch(context.After) ? Keeps(context.Field.Path) : new Finding(Tier.DataAtRisk, Replaced)];

    /// <summary>What becomes of a claim that is none of a set's.</summary>
    public const string Replaced = "the claim is deleted and made again, and its data with it, unless its volume is retained; that of a set's pod stays, and the API server refuses the change";

    /// <summary>A field of a claim as people name it: below its spec, and a list as a whole.</summary>
    public static string What(FieldPath path) => path.Text.Split("spec.")[^1].Split('[')[0];

    private static Finding Keeps(FieldPath path) => Refused($"the claim that is there keeps its {What(path)}");

    /// <summary>A claim of a cluster. One that asks for more than its volume has, as where the driver had no more to give, may ask for less as long as that is above what it has.</summary>
    private static IEnumerable<Finding> Resized(JsonNode? before, JsonNode? after, JsonNode has)
    {
        var (asked, asks, volume) = (Quantities.Value(before), Quantities.Value(after), Quantities.Value(has));
        return asked <= volume || asks >= asked ? Sized(before, after)
            : asks < volume ? Sized(has, after)
            : asks > volume ? [new Finding(Tier.NothingRestarts, $"the claim, which asks for {before} and has {has}, grows to {after} instead; no pod restarts, unless the class needs it")]
            : [Refused($"the claim asks for {before} and has {has}, and goes back to a size above that only") with { Safely = $"storage: {before}, or less that is more than {has}" }];
    }

    private static IEnumerable<Finding> Sized(JsonNode? before, JsonNode? after) =>
        [Quantities.Value(after) >= Quantities.Value(before) ? new Finding(Tier.NothingRestarts, $"the claim grows to {after}, where its storage class allows it; no pod restarts, unless the class needs it") : Refused($"a claim never shrinks, from {before} to {after}")];
}
