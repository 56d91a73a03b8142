using System.Text.Json.Nodes;
using Lab.Commands;

namespace Lab.Manifests;

/// <summary>What objects of every kind have alike. The fields of a kind are its server's to judge.</summary>
public static class ManifestShape
{
    private static readonly string[][] Mappings = [["metadata"], ["metadata", "labels"], ["metadata", "annotations"], ["spec"]];

    /// <summary>Refuses objects of which no server could make anything, all of them together.</summary>
    /// <param name="objects">The objects, and where each of them stands.</param>
    /// <exception cref="CommandException">What has to be a mapping of keys to values is something else.</exception>
    public static void Require(IEnumerable<(string Place, Manifest Manifest)> objects)
    {
        string[] faults =
        [
            .. from each in objects
               from path in Mappings
               let node = path.Aggregate((JsonNode?)each.Manifest.Body, (at, key) => (at as JsonObject)?[key])
               where node is not (null or JsonObject)
               select $"{each.Place}: {string.Join('.', path)} of a {each.Manifest.Kind} is a mapping of keys to values, not {(node is JsonArray ? "a list" : node.ToJsonString())}",
        ];
        if (faults.Length > 0)
        {
            throw new CommandException(string.Join('\n', faults));
        }
    }
}
