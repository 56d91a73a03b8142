using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Meaning;

/// <summary>What a changed configuration file of a MySQL server means.</summary>
internal static class ServerOptions
{
    private const string Extension = ".cnf";

    /// <summary>Files that change their names with the profile: the container that comes or goes with it tells of what else that means.</summary>
    private static readonly (string Early, string Late)[] Renamed = [("master.cnf", "primary.cnf"), ("slave.cnf", "replica.cnf")];

    /// <summary>What the options of all configuration files in two ConfigMaps mean, each once. A file that comes or goes sets options as one that changes does.</summary>
    public static IEnumerable<Finding> Between(Manifest before, Manifest after)
    {
        var (was, now) = (Files(before), Files(after));
        foreach (var (early, late) in Renamed)
        {
            var (old, @new) = was.ContainsKey(early) ? (early, late) : (late, early);
            if (was.ContainsKey(old) && now.ContainsKey(@new) && !was.ContainsKey(@new) && !now.ContainsKey(old))
            {
                was.Remove(old);
                now.Remove(@new);
            }
        }

        var both = was.Keys.Intersect(now.Keys).ToList();
        return Findings([.. both.SelectMany(file => Between(Read(was[file]), Read(now[file]))), .. Between(Read(Others(was, both)), Read(Others(now, both)))]);
    }

    /// <summary>What options on a server's command line mean.</summary>
    public static IEnumerable<Finding> BetweenArguments(JsonNode? before, JsonNode? after) => Findings(Between(Read(AsFile(before)), Read(AsFile(after))));

    private static IEnumerable<Finding> Findings(IEnumerable<(string Name, string? Before, string? After)> options) =>
        options.Distinct().Select(option => ServerOptionTable.Of(option.Name, option.Before, option.After));

    /// <summary>The options that differ.</summary>
    private static IEnumerable<(string Name, string? Before, string? After)> Between(Dictionary<string, string> was, Dictionary<string, string> now) =>
        was.Keys.Union(now.Keys).Where(name => was.GetValueOrDefault(name) != now.GetValueOrDefault(name)).Select(name => (name, was.GetValueOrDefault(name), now.GetValueOrDefault(name)));

    /// <summary>The files that are on one side alone, as one: a file under another name says what it said.</summary>
    private static string Others(Dictionary<string, string> files, List<string> both) =>
        string.Join('\n', files.Where(file => !both.Contains(file.Key)).OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => file.Value));

    /// <summary>Arguments as the file that says the same.</summary>
    private static string AsFile(JsonNode? arguments) =>
        string.Join('\n', (arguments as JsonArray ?? []).Select(argument => $"{argument}").Where(argument => argument.StartsWith("--", StringComparison.Ordinal)).Select(argument => argument[2..]).Prepend("[mysqld]"));

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

    private static Dictionary<string, string> Files(Manifest map) => (map.Body["data"] as JsonObject ?? [])
        .Where(file => file.Key.EndsWith(Extension, StringComparison.Ordinal))
        .ToDictionary(file => file.Key, file => $"{file.Value}");
}
