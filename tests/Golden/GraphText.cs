using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cli.Evaluation;
using Lab.Manifests;
using Pulumi;

namespace Tests.Golden;

/// <summary>A recorded graph as text that a person can review: a document a resource, in the order of their URNs.</summary>
internal static class GraphText
{
    /// <summary>The whole graph.</summary>
    public static string Of(RecordedGraph graph) => string.Join("---\n", graph.Nodes
        .Select(node => (Urn: graph.Urn(node, Engine.Project, Engine.StackName), Node: node))
        .OrderBy(pair => pair.Urn, StringComparer.Ordinal)
        .Select(pair => $"# {pair.Urn}\n{Yaml(Management(graph, pair.Node))}{Yaml(new JsonObject { ["inputs"] = WithoutScripts(pair.Node.Recorded) })}"));

    /// <summary>How Pulumi is to manage a resource, and what it told of itself.</summary>
    public static JsonObject Management(RecordedGraph graph, RecordedNode node)
    {
        var json = Options(graph, node);
        Add(json, "secret", List(node.Marks.Secrets));
        Add(json, "unknown", List(node.Marks.Unknowns));
        Add(json, "outputs", node.Outputs.Values.DeepClone());
        Add(json, "secretOutputs", List(node.Outputs.Secrets));
        Add(json, "unknownOutputs", List(node.Outputs.Unknowns));
        return json;
    }

    private static string Yaml(JsonObject json) => json.Count == 0 ? string.Empty : ManifestYaml.Write(new Manifest(json));

    private static JsonObject Options(RecordedGraph graph, RecordedNode node)
    {
        var options = node.Recorded.Options;
        var json = new JsonObject();
        Add(json, "parent", graph.ParentOf(node)?.Recorded.Label);
        Add(json, "dependsOn", List(node.DependsOn.Select(other => Label(graph, other))));
        Add(json, "inputsFrom", List(node.Marks.Flows.Select(flow => $"{Label(graph, flow.From)} -> {flow.Path}").Distinct()));
        Add(json, "provider", node.Recorded.Provider);
        Add(json, "aliases", List(node.Aliases.Select(alias => $"{alias.Type} {alias.Name}".Trim())));
        Add(json, "protect", options.Protect);
        Add(json, "retainOnDelete", options.RetainOnDelete);
        Add(json, "deleteBeforeReplace", (options as CustomResourceOptions)?.DeleteBeforeReplace);
        Add(json, "ignoreChanges", List(options.IgnoreChanges));
        Add(json, "replaceOnChanges", List(options.ReplaceOnChanges));
        Add(json, "timeouts", Timeouts(options.CustomTimeouts));
        return json;
    }

    private static JsonObject Timeouts(CustomTimeouts? timeouts)
    {
        var json = new JsonObject();
        Add(json, "create", timeouts?.Create?.ToString("c", CultureInfo.InvariantCulture));
        Add(json, "update", timeouts?.Update?.ToString("c", CultureInfo.InvariantCulture));
        Add(json, "delete", timeouts?.Delete?.ToString("c", CultureInfo.InvariantCulture));
        return json;
    }

    private static string Label(RecordedGraph graph, Resource resource) => graph.Find(resource)!.Recorded.Label;

    private static JsonArray List(IEnumerable<string> items) => new([.. items.Order(StringComparer.Ordinal).Select(item => (JsonNode)item)]);

    private static void Add(JsonObject json, string key, JsonNode? value)
    {
        if (value is not null and not JsonArray { Count: 0 } and not JsonObject { Count: 0 } && value.ToString().Length > 0)
        {
            json[key] = value;
        }
    }

    /// <summary>A script is reviewed where it lies; here its digest says that it is the one that was reviewed.</summary>
    private static JsonObject WithoutScripts(RecordedResource resource)
    {
        var inputs = (JsonObject)resource.Inputs.DeepClone();
        if (resource.Kind == "ConfigMap" && inputs["data"] is JsonObject data)
        {
            foreach (var (key, text) in data.ToList().Where(pair => pair.Key.EndsWith(".sh", StringComparison.Ordinal)))
            {
                var content = text!.GetValue<string>();
                data[key] = $"{content.Count(letter => letter == '\n')} lines, SHA-256 {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16]}";
            }
        }

        return inputs;
    }
}
