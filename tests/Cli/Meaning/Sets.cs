using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Tests.Cli.Meaning;

/// <summary>Objects for tests of what changes mean.</summary>
internal static class Sets
{
    /// <summary>A MySQL set of three servers with a volume each, as the program makes them.</summary>
    public static Manifest MySql { get; } = Manifest.Parse("""
        { "apiVersion": "apps/v1", "kind": "StatefulSet",
          "metadata": { "name": "db", "annotations": { "pulumi.com/deletionPropagationPolicy": "orphan" } },
          "spec": {
            "serviceName": "db", "replicas": 3, "podManagementPolicy": "OrderedReady", "selector": { "matchLabels": { "app": "db" } },
            "updateStrategy": { "type": "RollingUpdate" }, "persistentVolumeClaimRetentionPolicy": { "whenDeleted": "Retain", "whenScaled": "Retain" },
            "template": {
              "metadata": { "labels": { "app": "db" } },
              "spec": {
                "terminationGracePeriodSeconds": 300,
                "containers": [
                  { "name": "mysql", "image": "mysql:8.4", "startupProbe": { "periodSeconds": 2, "failureThreshold": 1800 }, "env": [{ "name": "TZ", "value": "UTC" }] },
                  { "name": "replication", "image": "mysql:8.4" }
                ],
                "volumes": [{ "name": "config-map", "configMap": { "name": "db-0123456789" } }]
              }
            },
            "volumeClaimTemplates": [{ "metadata": { "name": "data" }, "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "10Gi" } } } }]
          } }
        """);

    /// <summary>A set of another program, with a volume.</summary>
    public static Manifest Other { get; } = With(Rename(MySql, "kv"), "spec.template.spec.containers", """[{ "name": "etcd", "image": "etcd:3.5.1" }]""");

    /// <summary>A set of a program that keeps nothing.</summary>
    public static Manifest Stateless { get; } = With(Other, "spec.volumeClaimTemplates", null);

    /// <summary>The object with a value put to a dotted path, as JSON; null removes what stands there. An item of a list goes by its place.</summary>
    public static Manifest With(Manifest manifest, string path, string? json)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        JsonNode at = body;
        var steps = path.Split('.').Select(step => step.Replace('~', '.')).ToList();
        foreach (var step in steps.SkipLast(1))
        {
            at = at is JsonArray list ? list[int.Parse(step)]! : at[step] ??= new JsonObject();
        }

        switch (at)
        {
            case JsonArray list when json is null:
                list.RemoveAt(int.Parse(steps[^1]));
                break;
            case JsonArray list when int.Parse(steps[^1]) == list.Count:
                list.Add(JsonNode.Parse(json!));
                break;
            case JsonArray list:
                list[int.Parse(steps[^1])] = JsonNode.Parse(json!);
                break;
            case JsonObject section when json is null:
                section.Remove(steps[^1]);
                break;
            default:
                at[steps[^1]] = JsonNode.Parse(json!);
                break;
        }

        return new Manifest(body);
    }

    /// <summary>The object under another name.</summary>
    public static Manifest Rename(Manifest manifest, string name) => With(manifest, "metadata.name", $"\"{name}\"");

    /// <summary>A ConfigMap of a configuration file.</summary>
    public static Manifest Config(string name, string options) => With(
        Manifest.Parse($$"""{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "{{name}}" }, "immutable": true, "data": { } }"""),
        "data.primary~cnf", JsonValue.Create($"[mysqld]\n{options}\n")!.ToJsonString());
}
