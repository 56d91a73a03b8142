using System.Text.Json.Nodes;
using Cli.Manifests;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What a deployment does with each object of a stack, and what it means.</summary>
internal static class ManifestDifference
{
    /// <summary>What happens to each object, in the order of the head, removed ones last.</summary>
    public static IReadOnlyList<ObjectChange> Between(IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        var (old, @new) = (before.SelectMany(LiveObject.Of).ToList(), after.SelectMany(LiveObject.Of).ToList());
        var (cleanOld, cleanNew) = (old.Select(LiveObject.Clean).ToList(), @new.Select(LiveObject.Clean).ToList());
        var live = old.Concat(@new).Any(LiveObject.IsLive);
        var owned = old.Zip(cleanOld).Concat(@new.Zip(cleanNew)).ToDictionary(one => one.Second, one => LiveObject.Owned(one.First));
        return
        [
            .. from pair in ManifestPairs.Of(cleanOld, cleanNew)
               where pair is ({ }, { }) || !LiveObject.IsControllers((pair.Before ?? pair.After)!)
               select Change(pair, live ? Pruned(pair, old.Any(LiveObject.IsLive), owned) : pair, cleanOld, cleanNew),
        ];
    }

    /// <summary>What happens to one object, when it is known to change.</summary>
    /// <param name="before">The object before.</param>
    /// <param name="after">The object after.</param>
    /// <param name="fields">Its changes.</param>
    /// <param name="all">All objects before and after.</param>
    public static ObjectChange Changed(Manifest before, Manifest after, IReadOnlyList<FieldChange> fields, (IReadOnlyList<Manifest> Base, IReadOnlyList<Manifest> Head) all)
    {
        var (causes, findings, replaces) = (new List<Cause>(), new List<Finding>(), before.Name != after.Name);
        foreach (var field in fields)
        {
            var rule = ChangeTable.Find(after.Kind, after.ApiVersion, field.Path);
            replaces |= rule?.Replaces == true && !ClaimMeaning.IsPatch(after);
            var unknown = Hidden(after.Kind, field);
            IReadOnlyList<Finding> follows = unknown is not null
                ? [unknown]
                : rule is null ? [NotInTable(after, field.Path)] : [.. rule.Findings(new ChangeContext(before, after, field, all.Base, all.Head))];
            // What an unknown value may do is at least what any value of the field does.
            findings.AddRange(unknown is not null && rule is not null ? [.. follows, new Finding(rule.Tier == Tier.DataAtRisk ? Tier.Unknown : rule.Tier, null)] : follows);
            causes.AddRange(Texts(after, field).Select(text => new Cause(field.Path.Text, text, follows.Select(finding => finding.Tier).DefaultIfEmpty().Max())));
        }

        return new ObjectChange(fields.Count == 0 ? Action.Same : replaces ? Action.Replace : Action.Update, after.Kind, after.Namespace, after.Name)
        {
            Was = before.Name == after.Name ? null : before.Name,
            Causes = causes,
            Findings = Sorted(findings),
        };
    }

    /// <summary>Findings, the gravest first, each once.</summary>
    public static IReadOnlyList<Finding> Sorted(IEnumerable<Finding> findings) => [.. findings.Distinct().OrderByDescending(finding => finding.Tier)];

    /// <summary>What happens to one object. What is compared may be less than the whole, by which it is judged.</summary>
    private static ObjectChange Change((Manifest? Before, Manifest? After) pair, (Manifest? Before, Manifest? After) compared, IReadOnlyList<Manifest> @base, IReadOnlyList<Manifest> head) => pair switch
    {
        (null, { } made) => new ObjectChange(Action.Create, made.Kind, made.Namespace, made.Name) { Findings = Sorted(Presence.Created(made, @base, head)) },
        ({ } gone, null) => new ObjectChange(Action.Delete, gone.Kind, gone.Namespace, gone.Name) { Findings = Sorted(Presence.Removed(gone, @base, head)) },
        var (was, now) => Changed(was!, now!, Fields(compared.Before!, compared.After!), (@base, head)),
    };

    /// <summary>The changed fields of an object. Its name is told by itself where it is made of the content, and its state is nobody's change.</summary>
    private static IReadOnlyList<FieldChange> Fields(Manifest before, Manifest after) =>
        [.. FieldDifference.Between(before.Body, after.Body).Where(field => field.Path.Step(0) != "status" && (field.Path.Text != "metadata.name" || before.Name == after.Name) && !IsMasked(after, field))];

    /// <summary>A value that one side hides is not known to differ.</summary>
    private static bool IsMasked(Manifest manifest, FieldChange field) =>
        manifest.Kind == "Secret" && field is { Before: not null, After: not null } && ($"{field.Before}" == SecretMask.Mask || $"{field.After}" == SecretMask.Mask);

    /// <summary>What is said of a value that does not show, so that nobody can judge it; nothing where it does.</summary>
    private static Finding? Hidden(string kind, FieldChange field)
    {
        var path = field.Path.Text;
        if (!field.IsReordered && (IsUnknown(field.Before) || IsUnknown(field.After)))
        {
            return new Finding(Tier.Unknown, $"{path} is not known yet: what it will be, and so what it does, shows only when it is deployed");
        }

        // What a change of a password means, it means whatever the password is.
        return IsPassword(kind, field.Path) ? null
            : IsHidden(field.Before, field.After) || IsHidden(field.After, field.Before) ? new Finding(Tier.Unknown, $"{path} is secret as a whole: what changes in it does not show")
            : JsonNode.DeepEquals(field.Before, field.After) ? new Finding(Tier.Unknown, $"{path} changes, but neither from what nor to what shows")
            : null;
    }

    private static bool IsUnknown(JsonNode? value) => value?.ToJsonString().Contains(PulumiValues.Unknown, StringComparison.Ordinal) == true;

    /// <summary>Whether one side hides what the other does not show to be a plain value.</summary>
    private static bool IsHidden(JsonNode? value, JsonNode? other) => value is JsonValue && $"{value}" == PulumiValues.Secret && other is not JsonValue;

    private static bool IsPassword(string kind, FieldPath path) => kind == "Secret" && path.Step(0) is ("data" or "stringData");

    private static Finding NotInTable(Manifest manifest, FieldPath path) => ChangeTable.IsKnown(manifest.Kind, manifest.ApiVersion)
        ? new Finding(Tier.Unknown, $"what {path.Text} of a {manifest.Kind} does is not in the table")
        : new Finding(Tier.Unknown, $"{manifest.Kind} ({(manifest.ApiVersion.Length == 0 ? "no apiVersion" : manifest.ApiVersion)}) is a kind that the table does not have");

    private static IReadOnlyList<string> Texts(Manifest manifest, FieldChange field) => IsPassword(manifest.Kind, field.Path)
        ? [$"{field.Path.Last} {(field.Before is null ? "is new" : field.After is null ? "is no longer there" : "changed")}"]
        : field.Texts;

    private static (Manifest? Before, Manifest? After) Pruned((Manifest? Before, Manifest? After) pair, bool baseIsLive, Dictionary<Manifest, IReadOnlyList<JsonObject>> owned) => pair is not ({ } before, { } after)
        ? pair
        : baseIsLive ? (Pruned(before, after, owned), after) : (before, Pruned(after, before, owned));

    private static Manifest Pruned(Manifest live, Manifest wanted, Dictionary<Manifest, IReadOnlyList<JsonObject>> owned) =>
        new((JsonObject)LiveObject.Prune(live.Body, wanted.Body, owned.GetValueOrDefault(live) ?? [])!);
}
