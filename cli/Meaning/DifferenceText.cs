using Cli.Clusters;

namespace Cli.Meaning;

/// <summary>A difference as plain text, the gravest first.</summary>
internal static class DifferenceText
{
    /// <summary>How much of a changed object is shown; a script that changed as a whole would hide everything else.</summary>
    private const int ShownCauses = 12;

    /// <summary>What stands over what a cluster would not let be made.</summary>
    public const string InTheWay = "in the way";

    /// <summary>The lines.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="look">What a cluster has; nothing where none was asked.</param>
    public static IEnumerable<string> Lines(IReadOnlyList<ObjectChange> changes, ClusterLook? look = null)
    {
        foreach (var line in look is { Obstacles.Count: > 0 } ? Obstacles(look).Select(sentence => $"  !  {sentence}").Prepend(InTheWay) : [])
        {
            yield return line;
        }

        foreach (var tier in Tiers.WorstFirst)
        {
            var objects = Of(changes, tier).ToList();
            if (objects.Count > 0)
            {
                yield return tier.Word();
            }

            foreach (var line in objects.SelectMany(Object))
            {
                yield return line;
            }
        }

        yield return Summary(changes);
        if (look is not null)
        {
            yield return look.Summary;
        }
    }

    /// <summary>What stands in the way in a cluster, a sentence each.</summary>
    public static IEnumerable<string> Obstacles(ClusterLook look) => look.Obstacles.Select(one => $"{one.Subject}: {one.Sentence}");

    /// <summary>The objects of a tier that change, in their order.</summary>
    public static IEnumerable<ObjectChange> Of(IReadOnlyList<ObjectChange> changes, Tier tier) => changes.Where(change => change.Action != Action.Same && change.Tier == tier);

    /// <summary>How many objects change, and how gravely.</summary>
    public static string Summary(IReadOnlyList<ObjectChange> changes)
    {
        var changed = changes.Count(change => change.Action != Action.Same);
        var same = $"{changes.Count - changed} {(changes.Count - changed == 1 ? "stays" : "stay")} the same";
        var tiers = Tiers.WorstFirst.Select(tier => (tier, count: Of(changes, tier).Count())).Where(one => one.count > 0).Select(one => $"{one.count} {one.tier.Word()}");
        return changed == 0 ? $"nothing changes: {same}" : $"{changed} {(changed == 1 ? "object changes" : "objects change")}: {string.Join(", ", tiers)}; {same}";
    }

    /// <summary>An object's name with what tells it from others.</summary>
    public static string Title(ObjectChange change) => string.Concat(
        change.Was is null ? change.Label : $"{change.Kind}/{change.Was} -> {change.Name}",
        change.Namespace == Lab.Manifests.Manifest.DefaultNamespace ? string.Empty : $" in {change.Namespace}",
        change.Setting is null ? string.Empty : $" ({change.Setting})",
        change.Allowed ? " (allowed)" : string.Empty);

    /// <summary>The causes that are shown, and how many more there are. Lines of one field and setting follow each other.</summary>
    public static IEnumerable<string> Causes(ObjectChange change)
    {
        var more = change.Causes.Count - ShownCauses;
        return change.Causes.OrderByDescending(cause => cause.Tier).Take(ShownCauses).Select(cause => cause.Setting is null ? cause.Text : $"{cause.Text}   ({cause.Setting})")
            .Concat(more > 0 ? [$"and {more} more"] : []);
    }

    /// <summary>The sentences about an object. One that is no graver than the rest goes without its word.</summary>
    public static IEnumerable<string> Sentences(ObjectChange change) => change.Findings.Where(finding => finding.Says is not null).Select(finding => finding.Says!).Distinct();

    /// <summary>The safe ways to do it.</summary>
    public static IEnumerable<string> Safely(ObjectChange change) => change.Findings.Where(finding => finding.Safely is not null).Select(finding => finding.Safely!).Distinct();

    private static IEnumerable<string> Object(ObjectChange change) =>
    [
        $"  {change.Action.Sign(),-2} {Title(change)}",
        .. Causes(change).Select(text => $"       {text}"),
        .. Sentences(change).Select(text => $"     * {text}"),
        .. Safely(change).Select(text => $"     safely: {text}"),
    ];
}
