using System.Text.Json;
using System.Text.Json.Nodes;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Evaluation;

/// <summary>A stack's configuration: the defaults of Pulumi.yaml, the values of the stack's own file, and those of the command line over both.</summary>
internal sealed class StackFile
{
    private const string ProjectFileName = "Pulumi.yaml";

    private StackFile(string project, string stack, IReadOnlyDictionary<string, string> config, string source)
    {
        Project = project;
        Stack = stack;
        Config = config;
        Source = source;
    }

    /// <summary>The project's name, which begins the keys of its configuration.</summary>
    public string Project { get; }

    /// <summary>The stack's name.</summary>
    public string Stack { get; }

    /// <summary>Each value by its key without the project's name; lists and sections as JSON.</summary>
    public IReadOnlyDictionary<string, string> Config { get; }

    /// <summary>Where the values came from, in words.</summary>
    public string Source { get; }

    /// <summary>Reads a stack's configuration.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <param name="stack">The stack's name.</param>
    /// <param name="assignments">Values of the command line, each <c>path=value</c>.</param>
    /// <param name="change">Changes the stack's own values before those of the command line go over them.</param>
    /// <exception cref="CommandException">There is no such stack, a file is not YAML, or a path leads nowhere.</exception>
    public static StackFile Read(string folder, string stack, IReadOnlyList<string> assignments, Action<JsonObject>? change = null)
    {
        var projectFile = YamlText.ReadFile(Path.Combine(folder, ProjectFileName));
        var project = projectFile["name"]?.GetValue<string>() ?? throw new CommandException($"{ProjectFileName} has no name");
        var config = Defaults(projectFile);
        var file = $"Pulumi.{stack}.yaml";
        foreach (var (key, value) in Section(ReadStack(folder, stack, file), "config"))
        {
            if (Local(key, project) is { } name)
            {
                RejectEncrypted(file, name, value);
                config[name] = value?.DeepClone();
            }
        }

        change?.Invoke(config);
        foreach (var path in assignments.Select(ConfigPath.Parse))
        {
            path.Apply(config);
        }

        return new StackFile(project, stack, Flatten(config), assignments.Count == 0 ? file : $"{file} (with -c)");
    }

    /// <summary>The stack with another configuration.</summary>
    /// <param name="config">Each value by its key; what is null is left out.</param>
    public StackFile With(IReadOnlyDictionary<string, JsonNode?> config) =>
        new(Project, Stack, Flatten(new JsonObject(config.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())))), Source);

    private static JsonObject ReadStack(string folder, string stack, string file)
    {
        if (File.Exists(Path.Combine(folder, file)))
        {
            return YamlText.ReadFile(Path.Combine(folder, file));
        }

        var stacks = Directory.GetFiles(folder, "Pulumi.*.yaml").Select(path => Path.GetFileName(path)["Pulumi.".Length..^".yaml".Length]).Order();
        throw new CommandException($"there is no stack \"{stack}\" ({file}); there are: {string.Join(", ", stacks)}");
    }

    private static JsonObject Defaults(JsonObject projectFile)
    {
        var defaults = new JsonObject();
        foreach (var (key, declared) in Section(projectFile, "config"))
        {
            if (declared is JsonObject schema && (schema["value"] ?? schema["default"]) is { } value)
            {
                defaults[key] = value.DeepClone();
            }
        }

        return defaults;
    }

    private static JsonObject Section(JsonObject file, string name) => file[name] as JsonObject ?? [];

    /// <summary>A key of the project itself, with or without its prefix; nothing for a key of a provider.</summary>
    private static string? Local(string key, string project) => key.Split(':', 2) switch
    {
        [var name] => name,
        [var owner, var name] when owner == project => name,
        _ => null,
    };

    private static void RejectEncrypted(string file, string key, JsonNode? value)
    {
        if (value is JsonObject { Count: 1 } encrypted && encrypted.ContainsKey("secure"))
        {
            throw new CommandException($"{file}: {key} is encrypted, and only pulumi can read it; give the lab a plain value with -c {key}=...");
        }

        foreach (var child in value switch
        {
            JsonObject section => section.Select(pair => (Key: $"{key}.{pair.Key}", pair.Value)),
            JsonArray list => list.Select((item, i) => (Key: $"{key}[{i}]", Value: item)),
            _ => [],
        })
        {
            RejectEncrypted(file, child.Key, child.Value);
        }
    }

    private static Dictionary<string, string> Flatten(JsonObject config) => config.ToDictionary(
        pair => pair.Key,
        pair => pair.Value switch
        {
            null => string.Empty,
            JsonValue plain when plain.GetValueKind() == JsonValueKind.String => plain.GetValue<string>(),
            var node => node.ToJsonString(),
        });
}
