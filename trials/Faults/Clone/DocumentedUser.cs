using System.Text.RegularExpressions;
using Cli.Commands;

namespace Trials.Faults.Clone;

/// <summary>A user of the servers' as docs/security.md tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Host">From where it comes.</param>
/// <param name="Over">What it has to come over.</param>
/// <param name="Rights">What it may do anywhere.</param>
/// <param name="Tables">What it may read.</param>
internal sealed partial record DocumentedUser(string Name, string Host, string Over, IReadOnlyList<string> Rights, IReadOnlyList<string> Tables)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DocumentedUser> All { get; } =
    [
        .. File.ReadLines(Path.Combine(ProjectFolder.Root, "docs", "security.md")).Select(line => Row().Match(line)).Where(row => row.Success)
            .Select(row => new DocumentedUser(row.Groups["name"].Value, row.Groups["host"].Value, row.Groups["over"].Value, Words(row.Groups["rights"].Value), Words(row.Groups["tables"].Value))),
    ];

    /// <summary>The account as SQL has it.</summary>
    public string Account => $"'{Name}'@'{Host}'";

    /// <summary>Its rights, each as <see cref="Split"/> tells of a server's.</summary>
    public IEnumerable<string> Grants => Rights.Concat(Tables.Select(table => $"SELECT {table}")).Order(StringComparer.Ordinal);

    /// <summary>The rights that a line of SHOW GRANTS gives, each by itself.</summary>
    public static IEnumerable<string> Split(string line) => Grant().Match(line) is not { Success: true } match ? [line]
        : match.Groups["on"].Value == "*.*" ? match.Groups["rights"].Value.Split(", ")
        : [$"{match.Groups["rights"].Value} {match.Groups["on"].Value.Replace("`", "", StringComparison.Ordinal)}"];

    private static IReadOnlyList<string> Words(string cell) => [.. Word().Matches(cell).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("^\\| `(?<name>[a-z]+)`@`(?<host>[^`]+)` \\| (?<over>[^|]+) \\| (?<rights>[^|]+) \\| (?<tables>[^|]+) \\|", RegexOptions.CultureInvariant)]
    private static partial Regex Row();

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    [GeneratedRegex("^GRANT (?<rights>.+) ON (?<on>\\S+) TO ", RegexOptions.CultureInvariant)]
    private static partial Regex Grant();
}
