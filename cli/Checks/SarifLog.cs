using System.Text.Json.Nodes;
using Cli.Checks.Policies;

namespace Cli.Checks;

/// <summary>
/// Findings in the Static Analysis Results Interchange Format, which code scanning takes. By hand: the format's own package does not restore everywhere, and a
/// log has no more than this.
/// </summary>
/// <remarks>OASIS, SARIF 2.1.0; GitHub's "SARIF support for code scanning" for what has to be there.</remarks>
internal static class SarifLog
{
    /// <summary>A log of one run.</summary>
    public static JsonObject Of(IReadOnlyList<Finding> findings)
    {
        var rules = Rules();
        var places = rules.Index().ToDictionary(rule => $"{rule.Item["id"]}", rule => rule.Index);
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject { ["driver"] = new JsonObject { ["name"] = "stateful-applications", ["rules"] = new JsonArray([.. rules]) } },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. findings.Select(finding => Result(finding, places[finding.Check]))]),
            }),
        };
    }

    private static IReadOnlyList<JsonObject> Rules() =>
    [
        .. PolicyTable.All.Select(policy => Rule(policy.Id, policy.Demand, policy.Mend)),
        Rule(Finding.Invariant, "the invariants of order and identity of a stack hold", "each says what would be right"),
        Rule(Finding.Cluster, "the cluster has what a stack needs, and nothing of somebody else's under its names", "each says what would be right"),
    ];

    private static JsonObject Rule(string id, string what, string mend) => new() { ["id"] = id, ["shortDescription"] = Text(what), ["help"] = Text(mend) };

    private static JsonObject Result(Finding finding, int rule) => new()
    {
        ["ruleId"] = finding.Check,
        ["ruleIndex"] = rule,
        ["level"] = "error",
        ["message"] = Text($"{finding.Subject}{(finding.Path.Length > 0 ? $" {finding.Path}" : "")}: {finding.What}{(finding.Mend.Length > 0 ? $"; {finding.Mend}" : "")}"),
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Uri(finding.File) },
                ["region"] = new JsonObject { ["startLine"] = finding.Line },
            },
            ["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = $"{finding.Namespace}/{finding.Subject}/{finding.Path}".Trim('/') }),
        }),
    };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    /// <summary>Relative to where the command ran, which is where code scanning looks for the file.</summary>
    private static string Uri(string file) => string.Join('/', Path.GetRelativePath(".", file).Split(Path.DirectorySeparatorChar).Select(System.Uri.EscapeDataString));
}
