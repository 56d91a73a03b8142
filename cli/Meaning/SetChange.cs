using System.Globalization;
using System.Text.Json.Nodes;
using Cli.Checks;
using Cli.Status;
using Infra.Identity;
using Lab.Manifests;
using static Cli.Checks.StatefulSetView;

namespace Cli.Meaning;

/// <summary>A StatefulSet before and after: its pods, what happens to them, and what is told of it.</summary>
internal sealed class SetChange(Manifest before, Manifest after)
{
    /// <summary>The annotation by which the provider deletes a set and leaves its pods.</summary>
    public const string PropagationPolicy = "pulumi.com/deletionPropagationPolicy";

    /// <summary>What is said of the claims of a set that is made again.</summary>
    public const string ClaimsStay = "the claims stay as they are";

    private const int DefaultGraceSeconds = 30;

    /// <summary>More than a cluster has room for; a number beyond that is a mistake, and is not counted out.</summary>
    private const int MostPods = 100_000;

    private readonly StatefulSetView was = new(before);
    private readonly StatefulSetView now = new(after);

    /// <summary>How many pods may be away at a time while they roll, in the set's own words; nothing where it is one, as by default.</summary>
    private string? MostAway => Text(now.Spec["updateStrategy"]?["rollingUpdate"]?["maxUnavailable"]) is { Length: > 0 } most && most != "1" ? most : null;

    /// <summary>Whether its pods are the servers of a MySQL cluster, of which ordinal 0 is the primary.</summary>
    public bool IsMySql => IsOfMySql(after) || IsOfMySql(before);

    /// <summary>Whether pods outlive the deletion of the set as it is before the change.</summary>
    public bool Orphans => HasOrphanPolicy(before);

    /// <summary>The pods of a set, in order.</summary>
    public static IReadOnlyList<string> Pods(Manifest set)
    {
        var view = new StatefulSetView(set);
        return [.. Enumerable.Range(Start(view), Math.Min(view.Replicas, MostPods)).Select(ordinal => Pod(set.Name, ordinal))];
    }

    /// <summary>The claims that a set's pods have, those of the first pod first.</summary>
    public static IReadOnlyList<string> Claims(Manifest set)
    {
        var view = new StatefulSetView(set);
        return [.. Pods(set).SelectMany(pod => view.ClaimTemplates.Select(template => $"{template}-{pod}"))];
    }

    /// <summary>Whether there are claims: those of pods that are gone stay, so a set of no pods may have some.</summary>
    public static bool HasClaims(Manifest set) => new StatefulSetView(set).ClaimTemplates.Count > 0;

    /// <summary>The claims by name, for a sentence; of a set of no pods those that pods may have left, such as <c>data-db-*</c>.</summary>
    public static string ClaimNames(Manifest set) => Names(Claims(set) is { Count: > 0 } claims ? claims : [.. new StatefulSetView(set).ClaimTemplates.Select(template => $"{template}-{set.Name}-*")]);

    /// <summary>Whether a set's pods are the servers of a MySQL cluster.</summary>
    public static bool IsOfMySql(Manifest set) => PodContainers.Any(set, MySqlStatus.Container);

    /// <summary>Whether deleting a set leaves its pods.</summary>
    public static bool HasOrphanPolicy(Manifest set) => Text(set.Body["metadata"]?["annotations"]?[PropagationPolicy]) == "orphan";

    /// <summary>Whether claims go with the set or with its pods.</summary>
    /// <param name="set">The set.</param>
    /// <param name="when"><c>whenDeleted</c> or <c>whenScaled</c>.</param>
    public static bool DeletesClaims(Manifest set, string when) => Text(set.Body["spec"]?["persistentVolumeClaimRetentionPolicy"]?[when]) == "Delete";

    /// <summary>Names one after the other; of many the first and the last.</summary>
    public static string Names(IReadOnlyList<string> names) => names.Count <= 8 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))}, ... {names[^1]} ({names.Count} in all)";

    /// <summary>What follows when the pod's template changes.</summary>
    public IEnumerable<Finding> Rolls()
    {
        var staying = Pods(before).Intersect(Pods(after)).Reverse().ToList();
        if (staying.Count == 0)
        {
            return [new Finding(Tier.NothingRestarts, "there is no running pod that it concerns")];
        }

        var strategy = now.Spec["updateStrategy"];
        if (Text(strategy?["type"]) == "OnDelete")
        {
            return [new Finding(Tier.NothingRestarts, $"no pod restarts by itself (updateStrategy OnDelete): each takes the change when it is deleted; delete {Names(staying)} in this order, each when the one before it is ready")];
        }

        var partition = Number(strategy?["rollingUpdate"]?["partition"]) ?? 0;
        var rolling = staying.Where(pod => Ordinal(pod) >= partition).ToList();
        var kept = staying.Except(rolling).ToList();
        if (rolling.Count == 0)
        {
            return [new Finding(Tier.NothingRestarts, $"no pod restarts: partition {partition} keeps {Names(kept)} as they are")];
        }

        var pace = MostAway is { } most ? $"up to {most} at a time" : "one by one, each when the one before it is ready";
        var order = rolling.Count == 1 ? $"pods roll: {rolling[0]}" : $"pods roll: {Names(rolling)}, {pace}";
        var says = kept.Count == 0 ? order : $"{order}; partition {partition} keeps {Names(kept)} as they are";
        return [new Finding(Tier.PodsRoll, says), .. Away(rolling)];
    }

    /// <summary>What follows when the provider deletes the set and makes it again.</summary>
    public IEnumerable<Finding> Replacement()
    {
        var pods = Names(Pods(before));
        if (Orphans)
        {
            yield return new Finding(Tier.Replaced, $"the set is deleted and made again; its pods ({pods}) run on and are adopted, as the base has {PropagationPolicy}: orphan");
        }
        else
        {
            yield return new Finding(
                Tier.Replaced,
                $"ALL PODS STOP AT ONCE ({pods}): the set is deleted and made again, and the base lacks {PropagationPolicy}: orphan; that the change adds it does not help",
                $"deploy the annotation {PropagationPolicy}: orphan by itself first, and then this change");
        }

        if (HasClaims(before))
        {
            yield return DeletesClaims(before, "whenDeleted") && !Orphans
                ? new Finding(Tier.DataAtRisk, $"the claims {ClaimNames(before)} are deleted with the set (persistentVolumeClaimRetentionPolicy.whenDeleted: Delete), and the data with them", "deploy whenDeleted: Retain by itself first")
                : new Finding(Tier.Replaced, ClaimsStay);
        }
    }

    /// <summary>The pods that follow changes now and did not before, the highest first.</summary>
    /// <param name="below">The ordinal below which they did not.</param>
    public IReadOnlyList<string> Kept(int below)
    {
        var partition = Number(now.Spec["updateStrategy"]?["rollingUpdate"]?["partition"]) ?? 0;
        return [.. Pods(before).Intersect(Pods(after)).Reverse().Where(pod => Ordinal(pod) >= partition && Ordinal(pod) < below)];
    }

    /// <summary>What follows when pods take changes that they were kept from.</summary>
    /// <param name="pods">The pods.</param>
    public IEnumerable<Finding> Releases(IReadOnlyList<string> pods)
    {
        yield return new Finding(Tier.PodsRoll, $"pods that were kept from an earlier change take it now: {Names(pods)}");
        // Of a template that changes as well, more is told there.
        if (FieldDifference.Between(before.Body["spec"]?["template"], after.Body["spec"]?["template"]).Count > 0)
        {
            yield break;
        }

        foreach (var finding in Away([.. pods]))
        {
            yield return finding;
            yield return new Finding(Tier.PodsRoll, "it begins when all others are ready, and a replica is when it has had what the primary had at its start: look first how far behind they are (./dev status)");
        }
    }

    /// <summary>How long the primary is away while it restarts.</summary>
    private IEnumerable<Finding> Away(List<string> rolling)
    {
        var primary = Pod(after.Name, StatefulIdentity.PrimaryOrdinal);
        if (!IsMySql || !rolling.Contains(primary))
        {
            yield break;
        }

        var grace = Number(was.Pod["terminationGracePeriodSeconds"]) ?? DefaultGraceSeconds;
        var others = rolling.Count > 1 && MostAway is null ? "the primary, comes last and" : "the primary,";
        var readers = Pods(after).Count == 1 ? ", there is no other server: nobody reads either" : MostAway is null ? ", the others serve readers meanwhile" : string.Empty;
        var start = StartupSeconds() is { } seconds ? $"up to {seconds} s to start (startupProbe)" : "as long to start as it takes (no startupProbe)";
        yield return new Finding(
            Tier.PodsRoll, $"{primary}, {others} is away once: up to {grace} s to shut down (terminationGracePeriodSeconds), and {start}; nobody writes{readers}");
    }

    private int? StartupSeconds()
    {
        var probe = now.Containers.FirstOrDefault(container => Text(container["name"]) == MySqlStatus.Container)?["startupProbe"];
        return probe is null ? null : (Number(probe["initialDelaySeconds"]) ?? 0) + ((Number(probe["periodSeconds"]) ?? 10) * (Number(probe["failureThreshold"]) ?? 3));
    }

    /// <summary>What follows when there are more or fewer pods.</summary>
    public IEnumerable<Finding> Scales()
    {
        var (old, @new) = (Pods(before), Pods(after));
        var (added, gone) = (@new.Except(old).ToList(), old.Except(@new).Reverse().ToList());
        if (added.Count > 0)
        {
            var how = IsMySql ? ", each seeded from the pod before it" : string.Empty;
            yield return new Finding(Tier.NothingRestarts, $"pods start: {Names(added)}{how}; those that run stay");
        }

        if (gone.Count == 0)
        {
            yield break;
        }

        yield return new Finding(Tier.NothingRestarts, $"pods stop and go: {Names(gone)}; those that stay do not restart");
        var claims = gone.SelectMany(pod => was.ClaimTemplates.Select(template => $"{template}-{pod}")).ToList();
        if (claims.Count == 0)
        {
            if (@new.Count == 0)
            {
                yield return new Finding(Tier.Removed, "no pod is left: nobody serves");
            }

            yield break;
        }

        if (DeletesClaims(after, "whenScaled"))
        {
            yield return new Finding(Tier.DataAtRisk, $"the claims {Names(claims)} are deleted with their pods (persistentVolumeClaimRetentionPolicy.whenScaled: Delete)", "deploy whenScaled: Retain by itself first");
        }
        else if (!IsMySql)
        {
            yield return new Finding(Tier.Unknown, $"the claims {Names(claims)} stay, but whether they hold the only copy of something is not known; nobody serves it until the pods are back");
        }
        else if (@new.Contains(Pod(after.Name, StatefulIdentity.PrimaryOrdinal)) && @new.Count > 1)
        {
            yield return new Finding(Tier.NothingRestarts, $"the claims {Names(claims)} stay; a pod that comes back finds its own");
        }
        else
        {
            yield return new Finding(
                Tier.DataAtRisk,
                @new.Count == 0 ? "no server is left: nobody writes or reads; the claims stay" : $"one server is left, and its volume is the only copy of what is written from now on; the claims {Names(claims)} stay, and fall behind",
                @new.Count == 0 ? null : "keep 2 or more servers, or take a backup first and acknowledge it");
        }
    }

    private static int Start(StatefulSetView set) => Math.Clamp(Number(set.Spec["ordinals"]?["start"]) ?? 0, 0, int.MaxValue - MostPods);

    private static string Pod(string set, int ordinal) => $"{set}-{ordinal.ToString(CultureInfo.InvariantCulture)}";

    private static int Ordinal(string pod) => int.Parse(pod.AsSpan(pod.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    /// <summary>A whole number; nothing where there is none.</summary>
    public static int? Number(JsonNode? node) => int.TryParse(Text(node), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
