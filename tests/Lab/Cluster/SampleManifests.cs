using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Tests.Lab.Cluster;

/// <summary>Hand-written manifests for tests of the lab itself, small enough to start at once.</summary>
internal static class SampleManifests
{
    public const string Image = "localhost/statefulset/nginx:1.9.1";

    /// <summary>The web system of the seed.</summary>
    public static IEnumerable<Manifest> Web(int replicas = 2) =>
    [
        Service("nginx", "web", headless: true),
        Set("web", "nginx", replicas, """
            {"containers": [{"name": "nginx", "image": "nginx:1.9.1", "ports": [{"containerPort": 80, "name": "web"}],
              "readinessProbe": {"httpGet": {"path": "/", "port": "web"}, "periodSeconds": 1}}]}
            """),
    ];

    public static Manifest Service(string name, string app, bool headless, bool publishNotReady = false) => Manifest.Parse($$"""
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "{{name}}"},
         "spec": {"selector": {"app": "{{app}}"}, "ports": [{"port": 80}]
           {{(headless ? """, "clusterIP": "None" """ : "")}}, "publishNotReadyAddresses": {{(publishNotReady ? "true" : "false")}} } }
        """);

    public static Manifest Set(string name, string service, int replicas, string podSpec, bool claim = false) => Manifest.Parse($$"""
        {"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "{{name}}"},
         "spec": {"replicas": {{replicas}}, "serviceName": "{{service}}", "selector": {"matchLabels": {"app": "{{name}}"} },
           "template": {"metadata": {"labels": {"app": "{{name}}"} }, "spec": {{podSpec}} }
           {{(claim ? """, "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"]}}]""" : "")}} } }
        """);

    public static Manifest ConfigMap(string name, string key, string value) => Data("ConfigMap", name, "data", key, value);

    public static Manifest Secret(string name, string key, string value) => Data("Secret", name, "stringData", key, value);

    private static Manifest Data(string kind, string name, string field, string key, string value) => new(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
        [field] = new JsonObject { [key] = value },
    });
}
