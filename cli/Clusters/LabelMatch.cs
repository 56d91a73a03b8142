using k8s.Models;

namespace Cli.Clusters;

/// <summary>Whether a selector finds something by its labels.</summary>
/// <remarks>Kubernetes' LabelSelector: all of matchLabels and matchExpressions have to hold; an empty one finds everything.</remarks>
internal static class LabelMatch
{
    /// <summary>Whether it does.</summary>
    public static bool Selects(V1LabelSelector selector, IDictionary<string, string>? labels)
    {
        var known = labels ?? new Dictionary<string, string>();
        return (selector.MatchLabels ?? new Dictionary<string, string>()).All(wanted => known.TryGetValue(wanted.Key, out var value) && value == wanted.Value)
            && (selector.MatchExpressions ?? []).All(wanted => wanted.OperatorProperty switch
            {
                "In" => known.TryGetValue(wanted.Key, out var value) && wanted.Values.Contains(value),
                "NotIn" => !known.TryGetValue(wanted.Key, out var value) || !wanted.Values.Contains(value),
                "Exists" => known.ContainsKey(wanted.Key),
                "DoesNotExist" => !known.ContainsKey(wanted.Key),
                _ => false,
            });
    }
}
