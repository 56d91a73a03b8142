using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Clusters;

namespace Cli.Meaning;

/// <summary>A difference for programs; docs/schemas/diff.json describes it.</summary>
internal static class DifferenceJson
{
    /// <summary>The version of the form; another one where a program that reads this one could no longer.</summary>
    public const int Version = 1;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document.</summary>
    /// <param name="before">What the base is, in words.</param>
    /// <param name="after">What the head is, in words.</param>
    /// <param name="changes">The changes.</param>
    /// <param name="look">What a cluster has; nothing where none was asked.</param>
    public static string Write(string before, string after, IReadOnlyList<ObjectChange> changes, ClusterLook? look = null) => new JsonObject
    {
        ["version"] = Version,
        ["base"] = before,
        ["head"] = after,
        ["refused"] = changes.Any(change => change.IsRefused),
        ["summary"] = DifferenceText.Summary(changes),
        ["tiers"] = new JsonObject(Tiers.WorstFirst.Select(tier => KeyValuePair.Create(tier.Word(), (JsonNode?)DifferenceText.Of(changes, tier).Count()))),
        ["objects"] = new JsonArray([.. Tiers.WorstFirst.SelectMany(tier => DifferenceText.Of(changes, tier)).Select(Object)]),
        ["same"] = new JsonArray([.. changes.Where(change => change.Action == Action.Same).Select(change => (JsonNode?)change.Label)]),
        ["cluster"] = look is null ? null : new JsonObject
        {
            ["context"] = look.Context,
            ["inTheWay"] = new JsonArray([.. look.Obstacles.Select(one => new JsonObject { ["object"] = one.Subject, ["says"] = one.Sentence })]),
        },
    }.ToJsonString(Options);

    private static JsonObject Object(ObjectChange change) => new()
    {
        ["name"] = change.Label,
        ["kind"] = change.Kind,
        ["namespace"] = change.Namespace,
        ["was"] = change.Was,
        ["action"] = change.Action.ToString().ToLowerInvariant(),
        ["tier"] = change.Tier.Word(),
        ["allowed"] = change.Allowed,
        ["setting"] = change.Setting,
        ["causes"] = new JsonArray([.. change.Causes.Select(cause => new JsonObject { ["field"] = cause.Field, ["text"] = cause.Text, ["tier"] = cause.Tier.Word(), ["setting"] = cause.Setting })]),
        ["meaning"] = new JsonArray([.. change.Findings.Where(finding => finding.Says is not null).Select(finding => new JsonObject { ["tier"] = finding.Tier.Word(), ["says"] = finding.Says, ["safely"] = finding.Safely })]),
    };
}
