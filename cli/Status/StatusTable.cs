using System.Globalization;

namespace Cli.Status;

/// <summary>The pods as a table that a person can read.</summary>
internal static class StatusTable
{
    private const string FallenBack = "fallen-back";

    private static readonly string[] Head = ["POD", "ROLE", "READY", "SERVER-ID", "ADDRESS", "FOLLOWS", "LAG", "CLAIM", "RESTARTS", "WHY NOT READY"];

    /// <summary>The lines of the table, the heading first.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<PodRow> rows)
    {
        var cells = rows.Select(Cells).Prepend(Head).ToList();
        var shown = rows.All(row => row.Ready) ? Head.Length - 1 : Head.Length;
        var widths = Enumerable.Range(0, shown).Select(column => cells.Max(row => row[column].Length)).ToList();
        return cells.Select(row => string.Join("  ", row.Take(shown).Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd())
            .Concat(rows.Where(row => row.SemiSync == FallenBack).Select(row => $"{row.Pod}: semi-sync has fallen back: a client hears that its transaction is done before any replica has it"));
    }

    private static string[] Cells(PodRow row) =>
    [
        row.Pod,
        OrNone(row.Role),
        row.Ready ? "yes" : "no",
        OrNone(row.ServerId?.ToString(CultureInfo.InvariantCulture)),
        OrNone(row.Address),
        OrNone(row.Follows),
        row.LagSeconds is { } lag ? $"{lag} s" : "-",
        OrNone(string.Join(' ', row.Claims)),
        row.Restarts.ToString(CultureInfo.InvariantCulture),
        row.Reason,
    ];

    private static string OrNone(string? cell) => string.IsNullOrEmpty(cell) ? "-" : cell;
}
