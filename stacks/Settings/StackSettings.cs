using System.Text.Json;

namespace Stacks.Settings;

/// <summary>Everything that a stack says, read once and checked as a whole.</summary>
public sealed record StackSettings
{
    /// <summary>The key of the list of MySQL systems.</summary>
    public const string MySqlKey = "mysql";

    /// <summary>The key of the list of web systems.</summary>
    public const string WebKey = "web";

    /// <summary>The MySQL systems.</summary>
    public required IReadOnlyList<MySqlSettings> MySql { get; init; }

    /// <summary>The web systems.</summary>
    public required IReadOnlyList<WebSettings> Web { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <param name="config">The stack's values by key without the project's name; lists and sections as JSON, as Pulumi hands them over.</param>
    /// <exception cref="SettingsException">Something is wrong; the exception has all of it.</exception>
    public static StackSettings Read(IReadOnlyDictionary<string, string> config)
    {
        var problems = new List<Problem>();
        var settings = new StackSettings
        {
            MySql = ReadList(config, MySqlKey, problems, MySqlSettings.Read),
            Web = ReadList(config, WebKey, problems, WebSettings.Read),
        };
        RejectOthers(config.Keys, problems);
        problems.AddRange(NameClashes.In(settings));
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    private static List<T> ReadList<T>(IReadOnlyDictionary<string, string> config, string key, List<Problem> problems, Func<SettingsNode, T> read)
    {
        var systems = new List<T>();
        foreach (var (index, item) in Items(config, key, problems).Index())
        {
            var path = $"{key}[{index}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                systems.Add(read(new SettingsNode(item, path, problems)));
            }
            else
            {
                problems.Add(new Problem(path, $"it takes a section with the settings of one system, not {SettingTypes.Describe(item)}"));
            }
        }

        return systems;
    }

    private static IReadOnlyList<JsonElement> Items(IReadOnlyDictionary<string, string> config, string key, List<Problem> problems)
    {
        if (!config.TryGetValue(key, out var text))
        {
            return [];
        }

        try
        {
            var json = JsonElement.Parse(text);
            if (json.ValueKind == JsonValueKind.Array)
            {
                return [.. json.EnumerateArray()];
            }
        }
        catch (JsonException)
        {
            // A plain text is no list either; the sentence below holds for both.
        }

        problems.Add(new Problem(key, $"it takes a list of systems, each a section of its own ({key}[0].name, {key}[0].replicas, ...)"));
        return [];
    }

    private static void RejectOthers(IEnumerable<string> keys, List<Problem> problems)
    {
        string[] known = [MySqlKey, WebKey];
        foreach (var key in keys.Except(known).Order(StringComparer.Ordinal))
        {
            var meant = Suggestion.For(key, known);
            problems.Add(new Problem(key, meant is null
                ? $"no such setting; there are {string.Join(" and ", known)}, a list of systems each"
                : $"no such setting; did you mean \"{meant}\"?  ({meant} takes a list of systems)"));
        }
    }
}
