using System.Text.Json.Nodes;
using Cli.Evaluation;
using Cli.Meaning;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Sides;

/// <summary>
/// Which setting caused which change: the base is evaluated once for every setting that differs, with that one changed alone, and what then changes is its
/// doing. Exact where settings do not act together; what only several of them do has no single cause.
/// </summary>
internal static class SettingChanges
{
    /// <summary>More settings than a person changes at a time; each costs an evaluation.</summary>
    private const int MaxSettings = 60;

    /// <summary>Names the setting of every cause that has one.</summary>
    public static async Task<IReadOnlyList<ObjectChange>> NameAsync(IReadOnlyList<ObjectChange> changes, Side before, Side after)
    {
        if (before.Stack is not { } was || after.Stack is not { } now || Differing(was, now) is not { Count: > 0 and <= MaxSettings } settings)
        {
            return changes;
        }

        var done = new List<(string Setting, HashSet<(string, string)> Fields)>();
        foreach (var (setting, config) in settings)
        {
            if (await TryAsync(was.With(config)) is { } objects)
            {
                done.Add((setting, [.. ManifestDifference.Between(before.Objects, objects).SelectMany(change => change.Causes.Select(cause => cause.Field).Append(Whole(change)).Select(field => (Key(change), field)))]));
            }
        }

        return [.. changes.Select(change => change with
        {
            Setting = change.Action is Meaning.Action.Create or Meaning.Action.Delete ? Of(change, Whole(change)) : null,
            Causes = [.. change.Causes.Select(cause => cause with { Setting = Of(change, cause.Field) })],
        })];

        string? Of(ObjectChange change, string field) =>
            done.Where(one => one.Fields.Contains((Key(change), field))).Select(one => one.Setting).ToList() is { Count: > 0 } found ? string.Join(", ", found) : null;
    }

    /// <summary>What stands for an object that comes or goes as a whole.</summary>
    private static string Whole(ObjectChange change) => $"({change.Action})";

    /// <summary>An object over its changes: a name that is made of the content is another each time.</summary>
    private static string Key(ObjectChange change) => $"{change.Kind} {change.Namespace} {change.Was ?? change.Name}";

    private static async Task<IReadOnlyList<Manifest>?> TryAsync(StackFile stack)
    {
        try
        {
            return await StandInPasswords.ObjectsAsync(stack);
        }
        catch (CommandException)
        {
            // Refused by itself; only together with others it may stand.
            return null;
        }
    }

    /// <summary>Every setting that differs, with the base's configuration in which it alone is changed.</summary>
    private static List<(string Setting, Dictionary<string, JsonNode?> Config)> Differing(StackFile was, StackFile now)
    {
        var (old, @new) = (Read(was), Read(now));
        return
        [
            .. from key in old.Keys.Union(@new.Keys).Order(StringComparer.Ordinal)
               from place in Places(key, old.GetValueOrDefault(key), @new.GetValueOrDefault(key))
               select (place.Setting, Put(old, key, place.Steps, place.Value)),
        ];
    }

    private static Dictionary<string, JsonNode?> Read(StackFile stack) => stack.Config.ToDictionary(pair => pair.Key, pair => Parse(pair.Value));

    private static JsonNode? Parse(string text) => text.Length > 0 && text[0] is '[' or '{' ? JsonNode.Parse(text) : JsonValue.Create(text);

    private static IEnumerable<(string Setting, List<object> Steps, JsonNode? Value)> Places(string path, JsonNode? before, JsonNode? after, List<object>? steps = null)
    {
        steps ??= [];
        return (before, after) switch
        {
            _ when JsonNode.DeepEquals(before, after) => [],
            (JsonObject was, JsonObject now) => was.Select(pair => pair.Key).Union(now.Select(pair => pair.Key)).SelectMany(key => Places($"{path}.{key}", was[key], now[key], [.. steps, key])),
            (JsonArray was, JsonArray now) when was.Count == now.Count => Enumerable.Range(0, was.Count).SelectMany(i => Places($"{path}[{i}]", was[i], now[i], [.. steps, i])),
            // A system that is added or removed at the end.
            (JsonArray was, JsonArray now) when Math.Min(was.Count, now.Count) is var common && was.Take(common).Zip(now).All(pair => JsonNode.DeepEquals(pair.First?["name"], pair.Second?["name"])) =>
                Enumerable.Range(0, common).SelectMany(i => Places($"{path}[{i}]", was[i], now[i], [.. steps, i])).Append(($"{path}[{common}]", steps, new JsonArray([.. was.Take(common).Concat(now.Skip(common)).Select(item => item?.DeepClone())]))),
            _ => [(path, steps, after)],
        };
    }

    /// <summary>A configuration with one value in it changed.</summary>
    private static Dictionary<string, JsonNode?> Put(Dictionary<string, JsonNode?> config, string key, List<object> steps, JsonNode? value)
    {
        var changed = new Dictionary<string, JsonNode?>(config);
        if (steps.Count == 0)
        {
            changed[key] = value;
            return changed;
        }

        var root = changed[key] = changed[key]!.DeepClone();
        var at = root;
        foreach (var step in steps.SkipLast(1))
        {
            at = step is int index ? at![index] : at![(string)step];
        }

        switch (at, steps[^1])
        {
            case (JsonArray list, int index):
                list[index] = value?.DeepClone();
                break;
            case (JsonObject section, string name) when value is null:
                section.Remove(name);
                break;
            case (JsonObject section, string name):
                section[name] = value.DeepClone();
                break;
        }

        return changed;
    }
}
