using System.Text.Json.Nodes;
using static Cli.Checks.StatefulSetView;

namespace Cli.Checks.Policies;

/// <summary>Whether a selector finds labels.</summary>
internal static class Selection
{
    /// <summary>A selector with <c>matchLabels</c> and <c>matchExpressions</c>; an empty one finds everything.</summary>
    public static bool Finds(JsonNode? selector, JsonObject labels) =>
        FindsAll(selector?["matchLabels"] as JsonObject, labels) && List(selector?["matchExpressions"]).All(expression => Holds(expression, labels));

    /// <summary>Labels of which each has to be there.</summary>
    public static bool FindsAll(JsonObject? wanted, JsonObject labels) => IsWithin(wanted ?? [], labels);

    private static bool Holds(JsonObject expression, JsonObject labels)
    {
        var value = labels[Text(expression["key"])];
        var isAmong = (expression["values"] as JsonArray ?? []).Any(one => JsonNode.DeepEquals(one, value));
        return Text(expression["operator"]) switch
        {
            "In" => value is not null && isAmong,
            "NotIn" => value is null || !isAmong,
            "Exists" => value is not null,
            "DoesNotExist" => value is null,
            _ => false,
        };
    }
}
