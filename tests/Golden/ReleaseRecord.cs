using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Evaluation;

namespace Tests.Golden;

/// <summary>
/// What a stack of a release is in Pulumi's state: each resource under its qualified type and name, with those of its inputs whose change replaces it.
/// </summary>
internal static class ReleaseRecord
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    // pulumi-kubernetes 4.32, provider/pkg/provider/diff.go; metadata.name and namespace replace an object of any kind.
    private static readonly Dictionary<string, string[]> Replacing = new()
    {
        ["StatefulSet"] = ["spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates"],
        ["Service"] = ["spec.clusterIP"],
        ["Secret"] = ["type"],
        // Every one: another password is another resource, and all servers take it over.
        ["RandomPassword"] = ["length", "special", "keepers", "lower", "upper", "numeric", "minLower", "minUpper", "minNumeric", "minSpecial", "overrideSpecial"],
    };

    /// <summary>The record of a graph.</summary>
    public static string Of(RecordedGraph graph)
    {
        var record = new JsonObject();
        foreach (var node in graph.Nodes.OrderBy(graph.Identity, StringComparer.Ordinal))
        {
            record[graph.Identity(node)] = Inputs(node.Recorded);
        }

        return record.ToJsonString(Indented) + "\n";
    }

    /// <summary>Those of a resource's inputs whose change replaces it.</summary>
    public static JsonObject Inputs(RecordedResource resource)
    {
        // A ConfigMap is named after its content: another content is another resource for the cluster, and meant to be.
        var named = resource.IsKubernetes && resource.Kind != "ConfigMap" ? ["metadata.name", "metadata.namespace"] : Array.Empty<string>();
        var inputs = new JsonObject();
        foreach (var path in named.Concat(Replacing.GetValueOrDefault(resource.Kind, [])))
        {
            if (path.Split('.').Aggregate((JsonNode?)resource.Inputs, (at, key) => at?[key]) is { } value)
            {
                inputs[path] = value.DeepClone();
            }
        }

        return inputs;
    }
}
