using System.Text.Json;
using Infra.Arguments;

namespace Stacks.Settings;

/// <summary>
/// A section of a stack's settings while it is read. It notes what is wrong and reads on, so that all problems come together, and it
/// remembers which keys were asked for, so that every other one is a mistake.
/// </summary>
internal sealed class SettingsNode(JsonElement json, string path, List<Problem> problems)
{
    private readonly Dictionary<string, string> known = [];

    /// <summary>Where the section stands.</summary>
    public string Path => path;

    /// <summary>A value that may be left out.</summary>
    public T? Optional<T>(string key, SettingType<T> type) => Read(key, type, default, required: false);

    /// <summary>A value that every section has; <paramref name="stand"/> stands for it where it is missing, so that reading can go on.</summary>
    public T Required<T>(string key, SettingType<T> type, T stand) => Read(key, type, stand, required: true)!;

    /// <summary>A section within the section; an empty one where it is left out.</summary>
    public SettingsNode Section(string key)
    {
        known[key] = "a section";
        if (Find(key) is not { } found || found.ValueKind == JsonValueKind.Object)
        {
            return new SettingsNode(Find(key) ?? default, At(key), problems);
        }

        Report(key, $"it takes a section, not {SettingTypes.Describe(found)}");
        return new SettingsNode(default, At(key), problems);
    }

    /// <summary>A section within the section whose being there says something, even when it is empty; nothing where it is left out.</summary>
    public SettingsNode? OptionalSection(string key)
    {
        var section = Section(key);
        return Has(key) ? section : null;
    }

    /// <summary>A list of sections; nothing where it is left out.</summary>
    /// <param name="key">The list's key.</param>
    /// <param name="takes">What it takes, as the end of the sentence "from takes ...".</param>
    public IReadOnlyList<SettingsNode>? OptionalSections(string key, string takes)
    {
        known[key] = takes;
        if (Find(key) is not { } found)
        {
            return null;
        }

        if (found.ValueKind != JsonValueKind.Array)
        {
            Report(key, $"it takes {takes}, not {SettingTypes.Describe(found)}");
            return null;
        }

        var sections = new List<SettingsNode>();
        foreach (var (index, item) in found.EnumerateArray().Index())
        {
            var at = $"{key}[{index}]";
            Report(at, item.ValueKind == JsonValueKind.Object ? null : $"it takes a section, not {SettingTypes.Describe(item)}");
            sections.Add(new SettingsNode(item, At(at), problems));
        }

        return sections;
    }

    /// <summary>Whether the section says anything of a key, be it right or wrong.</summary>
    public bool Has(string key) => Find(key) is not null;

    /// <summary>Notes a problem with a value, or nothing when there is none.</summary>
    public void Report(string key, string? sentence)
    {
        if (sentence is not null)
        {
            problems.Add(new Problem(At(key), sentence));
        }
    }

    /// <summary>
    /// Notes the problems of the component whose arguments the section says, each under its key. What was said of a key already is enough: a value that
    /// could not be read is missing for the component.
    /// </summary>
    public void Report(IReadOnlyList<ArgumentProblem> found)
    {
        foreach (var problem in found)
        {
            var key = SettingKey.Of(problem.Argument);
            Report(key, problems.Any(noted => noted.Key == At(key)) ? null : problem.Sentence);
        }
    }

    /// <summary>Notes every key that was not asked for.</summary>
    public void RejectOthers()
    {
        foreach (var key in Keys().Where(key => !known.ContainsKey(key)))
        {
            var meant = Suggestion.For(key, known.Keys);
            Report(key, meant is null
                ? $"no such setting; there are {string.Join(", ", known.Keys)}"
                : $"no such setting; did you mean \"{meant}\"?  ({meant} takes {known[meant]})");
        }
    }

    private T? Read<T>(string key, SettingType<T> type, T? otherwise, bool required)
    {
        known[key] = type.Takes;
        if (Find(key) is not { } found)
        {
            Report(key, required ? $"it is missing; it takes {type.Takes}" : null);
            return otherwise;
        }

        try
        {
            return type.Parse(found);
        }
        catch (FormatException wrong)
        {
            Report(key, wrong.Message);
            return otherwise;
        }
    }

    private JsonElement? Find(string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out var found) && found.ValueKind != JsonValueKind.Null ? found : null;

    private IEnumerable<string> Keys() => json.ValueKind == JsonValueKind.Object ? json.EnumerateObject().Select(property => property.Name) : [];

    private string At(string key) => $"{path}.{key}";
}
