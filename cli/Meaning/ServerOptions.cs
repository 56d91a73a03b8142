using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What a changed configuration file of a MySQL server means.</summary>
internal static class ServerOptions
{
    private const string Extension = ".cnf";

    /// <summary>What the options of all configuration files in two ConfigMaps mean, each once.</summary>
    public static IEnumerable<Finding> Between(Manifest? before, Manifest? after) => Files(before).Keys.Union(Files(after).Keys)
        .SelectMany(file => Between(Files(before).GetValueOrDefault(file), Files(after).GetValueOrDefault(file)))
        .Distinct()
        .Select(option => ServerOptionTable.Of(option.Name, option.Before, option.After));

    /// <summary>The options that differ between two files.</summary>
    private static IEnumerable<(string Name, string? Before, string? After)> Between(string? before, string? after)
    {
        // A file that comes or goes with its profile says nothing that the image's version does not say.
        if (before is null || after is null)
        {
            return [];
        }

        var (was, now) = (Read(before), Read(after));
        return was.Keys.Union(now.Keys).Where(name => was.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Select(name => (name, was.GetValueOrDefault(name), now.GetValueOrDefault(name)));
    }

    /// <summary>The options of a file's sections for servers; the last of a name holds, except where each adds to those before.</summary>
    private static Dictionary<string, string> Read(string text)
    {
        var (options, section) = (new Dictionary<string, string>(), string.Empty);
        foreach (var line in text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] is not ('#' or ';')))
        {
            if (line[0] == '[')
            {
                section = line.Trim('[', ']');
            }
            else if (section.StartsWith("mysqld", StringComparison.Ordinal) || section is "server" or "mariadb")
            {
                var (name, value) = line.Split('=', 2) is [var left, var right] ? (left.Trim().Replace('-', '_'), right.Trim()) : (line.Replace('-', '_'), string.Empty);
                options[name] = name.EndsWith("plugin_load_add", StringComparison.Ordinal) && options.TryGetValue(name, out var earlier) ? $"{earlier};{value}" : value;
            }
        }

        return options;
    }

    private static Dictionary<string, string> Files(Manifest? map) => (map?.Body["data"] as JsonObject ?? [])
        .Where(file => file.Key.EndsWith(Extension, StringComparison.Ordinal))
        .ToDictionary(file => file.Key, file => $"{file.Value}");
}
