using System.Globalization;

namespace Cli.Status;

/// <summary>The pods as a table that a person can read.</summary>
internal static class StatusTable
{
    private const string FallenBack = "fallen-back";

    private static readonly string[] Head = ["NAMESPACE", "POD", "ROLE", "READY", "SERVER-ID", "ADDRESS", "FOLLOWS", "LAG", "CLAIM", "RESTARTS", "WHY NOT READY"];

    /// <summary>The lines of the table, the heading first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<PodRow> rows)
    {
        var cells = rows.Select(Cells).Prepend(Head).ToList();
        // A column that has nothing to tell apart is left out.
        var shown = Enumerable.Range(0, Head.Length)
            .Skip(rows.Select(row => row.Namespace).Distinct().Count() > 1 ? 0 : 1)
            .SkipLast(rows.All(row => row.Ready) ? 1 : 0)
            .Select(column => (column, width: cells.Max(row => row[column].Length)))
            .ToList();
        return cells.Select(row => string.Join("  ", shown.Select(one => row[one.column].PadRight(one.width))).TrimEnd())
            .Concat(rows.Where(row => row.SemiSync == FallenBack).Select(row => $"{row.Pod}: semi-sync has fallen back: a client hears that its transaction is done before any replica has it"))
            // One that is not ready says so in the table.
            .Concat(rows.Where(row => row.Ready && row.Disconnected.Length > 0).Select(row => $"{row.Pod}: {row.Disconnected}"))
            .Concat(rows.Where(row => row.TlsProblem.Length > 0).Select(row => $"{row.Pod}: {row.TlsProblem}"));
    }

    private static string[] Cells(PodRow row) =>
    [
        row.Namespace,
        row.Pod,
        OrNone(row.NotAsked.Length > 0 ? row.NotAsked : row.Role),
        row.Ready ? "yes" : "no",
        OrNone(row.ServerId?.ToString(CultureInfo.InvariantCulture)),
        OrNone(row.Address),
        OrNone(row.Follows),
        row.LagSeconds is { } lag ? $"{lag} s" : "-",
        OrNone(string.Join(' ', row.Claims.Select(claim => Claim(claim, row.Volumes.FirstOrDefault(volume => volume.Claim == claim))))),
        row.Restarts.ToString(CultureInfo.InvariantCulture),
        row.Reason,
    ];

    private static string Claim(string name, VolumeRow? volume) => volume is null
        ? name
        : $"{name} ({(volume.Size.Length > 0 ? volume.Size : "?")}, {volume.UsedPercent?.ToString(CultureInfo.InvariantCulture) ?? "?"} % full)";

    private static string OrNone(string? cell) => string.IsNullOrEmpty(cell) ? "-" : cell;
}
