using System.Text.Json;

namespace Cli.Status;

/// <summary>A report in words, for people, and as JSON, for programs.</summary>
internal static class StatusText
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The table, and under it what concerns more than a pod.</summary>
    /// <param name="report">The report.</param>
    /// <param name="now">The time, against which ages are told.</param>
    public static IEnumerable<string> Lines(StatusReport report, DateTimeOffset now) =>
    [
        .. report.Pods.Count == 0 ? ["there are no pods of this program"] : StatusTable.Lines(report.Pods),
        .. report.Budgets.Select(budget => $"budget {budget.Name}: {Room(budget)}; {budget.Healthy} ready, {budget.Needed} needed"),
        .. report.Backups.Select(backups => backups.Sentence(now)),
        .. report.Notes,
    ];

    /// <summary>All of it as JSON.</summary>
    /// <param name="source">Whose report it is.</param>
    /// <param name="report">The report.</param>
    /// <param name="indented">Whether for eyes; on one line otherwise.</param>
    public static string Json(IStatusSource source, StatusReport report, bool indented) => JsonSerializer.Serialize(
        new Dictionary<string, object> { [source.NamedBy] = source.Name, ["pods"] = report.Pods, ["budgets"] = report.Budgets, ["backups"] = report.Backups, ["notes"] = report.Notes },
        indented ? Indented : JsonSerializerOptions.Web);

    private static string Room(BudgetRow budget) => budget.Allowed switch
    {
        0 => "no pod may be evicted now",
        1 => "one more pod may be evicted",
        var more => $"{more} more pods may be evicted",
    };
}
