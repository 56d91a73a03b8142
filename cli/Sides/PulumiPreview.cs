using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Meaning;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Sides;

/// <summary>
/// What <c>pulumi preview --json</c> says: the engine's own word on what is made, changed, replaced and removed, with the inputs of both sides. Source: pulumi,
/// pkg/display/json.go (PreviewDigest) and pkg/resource/deploy/step.go (the operations).
/// </summary>
internal static class PulumiPreview
{
    private const string KubernetesTypes = "kubernetes:";
    private const string Password = "random:index/randomPassword:RandomPassword";

    /// <summary>Kinds of which others tell whether they are missed.</summary>
    private static readonly string[] Named = ["ConfigMap", "Secret", "ServiceAccount", "StorageClass"];

    /// <summary>Operations that change nothing.</summary>
    private static readonly string[] Idle = ["same", "read", "refresh", "diff", "extend-parameterize"];

    /// <summary>Reads a preview; a replacement's three steps are one change.</summary>
    /// <exception cref="CommandException">It is no such file, or the preview itself failed.</exception>
    public static IReadOnlyList<ObjectChange> Read(string file)
    {
        var digest = Parse(file);
        if ((digest["diagnostics"] as JsonArray ?? []).FirstOrDefault(one => $"{one?["severity"]}" == "error") is { } error)
        {
            throw new CommandException($"{file}: the preview failed, and says nothing of what would change: {$"{error["message"]}".Trim()}", CommandException.Failed);
        }

        var all = (digest["steps"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var resources = all.GroupBy(step => $"{step["urn"]}").Select(steps => new Steps([.. steps])).ToList();
        IReadOnlyList<Manifest> before = [.. resources.Select(one => one.Before).OfType<Manifest>()];
        IReadOnlyList<Manifest> after = [.. resources.Select(one => one.After).OfType<Manifest>()];
        var changes = resources.Where(one => one.IsCustom).Select(one => Change(one, before, after));
        return [.. int.TryParse($"{(digest["changeSummary"] as JsonObject)?["same"]}", out var same) && same > all.Count(step => $"{step["op"]}" == "same") ? changes.Select(WithoutTheRest) : changes];
    }

    private static JsonObject Parse(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) is JsonObject digest && (digest.ContainsKey("steps") || digest.ContainsKey("changeSummary"))
                ? digest
                : throw new CommandException($"{file} is not what pulumi preview --json writes: it has no steps");
        }
        catch (JsonException wrong)
        {
            throw new CommandException($"{file} is not JSON, as pulumi preview --json writes it: line {wrong.LineNumber + 1}");
        }
        catch (FileNotFoundException)
        {
            throw new CommandException($"there is no file {file}");
        }
    }

    private static ObjectChange Change(Steps steps, IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        if (steps.Action == Meaning.Action.Same)
        {
            return steps.Named();
        }

        if (!steps.Type.StartsWith(KubernetesTypes, StringComparison.Ordinal))
        {
            return steps.Named() with { Findings = [OfAnother(steps)] };
        }

        return steps switch
        {
            { Action: Meaning.Action.Create, After: { } made } => steps.Named() with { Findings = WithUnknown(Steps.Inputs(steps.New)!, Presence.Created(made, before, after)) },
            { Action: Meaning.Action.Delete, Before: { } gone } => steps.Named() with { Findings = ManifestDifference.Sorted(Presence.Removed(gone, before, after)) },
            { Before: { } was, After: { } now } => Changed(steps, was, now, before, after),
            _ => steps.Named() with { Findings = [new Finding(Tier.Unknown, $"the preview does not show the object of operation {steps.Operations}")] },
        };
    }

    /// <summary>A change of which what stays would tell more, and is not there.</summary>
    private static ObjectChange WithoutTheRest(ObjectChange change) => change.Action == Meaning.Action.Delete && Named.Contains(change.Kind)
        ? change with
        {
            Findings = ManifestDifference.Sorted([
                .. change.Findings.Where(finding => finding.Tier > Tier.NothingRestarts),
                new Finding(Tier.Unknown, "what stays is not in this preview: pulumi preview --json --show-sames"),
            ]),
        }
        : change;

    private static ObjectChange Changed(Steps steps, Manifest was, Manifest now, IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after)
    {
        var (old, @new) = (LiveObject.Clean(Steps.Inputs(steps.Old)!), LiveObject.Clean(Steps.Inputs(steps.New)!));
        var fields = FieldDifference.Between(old.Body, @new.Body).ToList();
        // What the inputs do not show: drift that a refresh has found, and secrets.
        fields.AddRange(steps.Reasons.Where(reason => !fields.Any(field => Overlap(field.Path.Text, reason))).Select(reason => new FieldChange(FieldPath.Parse(reason), Shown(old, reason), Shown(@new, reason))));
        var change = ManifestDifference.Changed(LiveObject.Clean(was), LiveObject.Clean(now), fields, (before, after)) with { Name = steps.Named().Name };
        if (steps.Action == Meaning.Action.Update && fields.Count == 0)
        {
            return change with { Action = steps.Action, Findings = [new Finding(Tier.Unknown, "the preview does not say what changes")] };
        }

        if (steps.Action != Meaning.Action.Replace || change.Action == Meaning.Action.Replace)
        {
            return change with { Action = steps.Action };
        }

        var why = steps.ReplaceReasons.Count > 0 ? $"the provider replaces it for {string.Join(", ", steps.ReplaceReasons)}" : "the engine replaces it, as something that it takes a value from is replaced";
        IEnumerable<Finding> follows = now.Kind == "StatefulSet" ? new SetChange(was, now).Replacement() : [new Finding(Tier.Replaced, "it is deleted and made again")];
        return change with { Action = Meaning.Action.Replace, Findings = ManifestDifference.Sorted([.. follows, new Finding(Tier.Replaced, why), .. change.Findings]) };
    }

    /// <summary>A value as it may be shown; a secret by its mask.</summary>
    private static JsonNode? Shown(Manifest manifest, string path)
    {
        JsonNode? at = manifest.Body;
        var parsed = FieldPath.Parse(path);
        for (var i = 0; parsed.Step(i) is { Length: > 0 } step; i++)
        {
            at = at switch
            {
                JsonObject section => section[step],
                JsonArray list when int.TryParse(step, out var index) && index < list.Count => list[index],
                _ => null,
            };
        }

        return at?.DeepClone();
    }

    /// <summary>Whether two paths are of one value; the engine counts items where names tell them apart here.</summary>
    private static bool Overlap(string path, string reason)
    {
        var (one, other) = (FieldPath.Parse(path), FieldPath.Parse(reason));
        for (var i = 0; one.Step(i).Length > 0 && other.Step(i).Length > 0; i++)
        {
            if (one.Step(i) != other.Step(i) && !int.TryParse(other.Step(i), out _))
            {
                return false;
            }
        }

        return true;
    }

    private static IReadOnlyList<Finding> WithUnknown(Manifest made, IEnumerable<Finding> findings) => ManifestDifference.Sorted(
        made.Body.ToJsonString().Contains(PulumiValues.Unknown, StringComparison.Ordinal) ? [.. findings, new Finding(Tier.Unknown, "some of its values are not known yet")] : findings);

    private static Finding OfAnother(Steps steps) => steps switch
    {
        { Type: Password, Action: Meaning.Action.Create } => new Finding(Tier.NothingRestarts, "a password is made"),
        { Type: Password, Action: Meaning.Action.Replace } => new Finding(Tier.NothingRestarts, "the password becomes another; running servers take it over, clients need the new one"),
        { Type: Password } => new Finding(Tier.NothingRestarts, "the password itself stays, or is no longer kept"),
        { Action: Meaning.Action.Create } when steps.Type.StartsWith("pulumi:", StringComparison.Ordinal) => new Finding(Tier.NothingRestarts, null),
        _ => new Finding(Tier.Unknown, $"what it means that a {steps.Type} changes is not in the table"),
    };

    /// <summary>The steps of one resource.</summary>
    private sealed class Steps(IReadOnlyList<JsonObject> steps)
    {
        /// <summary>The state before.</summary>
        public JsonObject? Old => steps.Select(step => step["oldState"]).OfType<JsonObject>().FirstOrDefault();

        /// <summary>The state after.</summary>
        public JsonObject? New => steps.Select(step => step["newState"]).OfType<JsonObject>().FirstOrDefault();

        /// <summary>The operations, as the engine calls them.</summary>
        public string Operations => string.Join(", ", steps.Select(step => $"{step["op"]}"));

        /// <summary>The resource's type token.</summary>
        public string Type => $"{(New ?? Old)?["type"]}" is { Length: > 0 } type ? type : Urn.Split("::") is { Length: >= 4 } parts ? parts[2].Split('$')[^1] : string.Empty;

        /// <summary>Whether it is more than a name for others, as a component and the stack are.</summary>
        public bool IsCustom => Type != "pulumi:pulumi:Stack" && ((New ?? Old)?["custom"] is not { } custom || $"{custom}" == "true");

        /// <summary>What is done with it.</summary>
        public Meaning.Action Action
        {
            get
            {
                var operations = steps.Select(step => $"{step["op"]}").ToList();
                return operations.TrueForAll(Idle.Contains) ? Meaning.Action.Same
                    : operations.Exists(operation => operation.Contains("replace", StringComparison.Ordinal)) ? Meaning.Action.Replace
                    : operations.Contains("update") ? Meaning.Action.Update
                    : operations.Exists(operation => operation is "create" or "import") ? Meaning.Action.Create
                    : operations.Exists(operation => operation is "delete" or "discard") ? Meaning.Action.Delete
                    : Meaning.Action.Update;
            }
        }

        /// <summary>The object before, open where it is hidden; nothing for one of another provider.</summary>
        public Manifest? Before => Object(Old);

        /// <summary>The object after, open where it is hidden; nothing for one of another provider.</summary>
        public Manifest? After => Object(New);

        /// <summary>The fields for which the provider replaces it.</summary>
        public IReadOnlyList<string> ReplaceReasons => [.. steps.SelectMany(step => step["replaceReasons"] as JsonArray ?? []).Select(reason => $"{reason}").Distinct()];

        /// <summary>The fields that the provider says differ.</summary>
        public IReadOnlyList<string> Reasons => [.. steps.SelectMany(step => step["detailedDiff"] as JsonObject ?? []).Select(pair => pair.Key).Distinct()];

        private string Urn => $"{steps[0]["urn"]}";

        /// <summary>The change without what it means.</summary>
        public ObjectChange Named() => (After ?? Before) is { } manifest
            ? new ObjectChange(Action, manifest.Kind, manifest.Namespace, manifest.Name.Length > 0 ? manifest.Name : Urn.Split("::")[^1])
            : new ObjectChange(Action, Type.Split(':')[^1], Manifest.DefaultNamespace, Urn.Split("::")[^1]);

        /// <summary>An object of a state as the preview shows it; nothing for one of another provider.</summary>
        public static Manifest? Inputs(JsonObject? state) =>
            state?["inputs"] is JsonObject inputs && inputs.ContainsKey("kind") ? new Manifest((JsonObject)inputs.DeepClone()) : null;

        private static Manifest? Object(JsonObject? state) => Inputs(state) is { } shown ? new Manifest((JsonObject)HiddenValues.Open(shown.Body)!) : null;
    }
}
