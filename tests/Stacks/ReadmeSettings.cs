using System.Text.RegularExpressions;

namespace Tests.Stacks;

/// <summary>The settings that the README tells its readers of, by the tables they stand in.</summary>
internal static partial class ReadmeSettings
{
    /// <summary>The keys of a system of each kind, such as <c>mysql storage</c>.</summary>
    public static IReadOnlySet<string> Keys { get; } = Read(File.ReadAllLines(Path.Combine(Repository.Root, "README.md"))).ToHashSet();

    private static IEnumerable<string> Read(IEnumerable<string> lines)
    {
        string[] kinds = [];
        foreach (var line in lines)
        {
            kinds = line switch
            {
                "Settings of every system:" => ["mysql", "web"],
                "Settings of a `mysql` system:" => ["mysql"],
                "Settings of a `web` system:" => ["web"],
                _ when line.StartsWith('#') => [],
                _ => kinds,
            };
            foreach (var key in Row().Match(line) is { Success: true } row ? Key().Matches(row.Groups["keys"].Value).Select(match => match.Groups["key"].Value) : [])
            {
                foreach (var kind in kinds)
                {
                    yield return $"{kind} {key}";
                }
            }
        }
    }

    [GeneratedRegex("^\\| (?<keys>`[^|]+`) \\|", RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex("`(?<key>[a-zA-Z.]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
