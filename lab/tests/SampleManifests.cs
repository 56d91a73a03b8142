using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Lab.Tests;

/// <summary>Hand-written manifests for tests of the lab itself, small enough to start at once.</summary>
internal static class SampleManifests
{
    private const string DbPod = """
        {"terminationGracePeriodSeconds": 5,
         "initContainers": [
          {"name": "first", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "test -d /mnt/data && cp /mnt/config/* /mnt/conf/ && echo one >> /mnt/conf/steps"],
           "volumeMounts": [{"name": "data", "mountPath": "/mnt/data"}, {"name": "config", "mountPath": "/mnt/config"}, {"name": "conf", "mountPath": "/mnt/conf"}]},
          {"name": "second", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "echo two >> /mnt/conf/steps; echo start >> /data/starts"],
           "volumeMounts": [{"name": "data", "mountPath": "/data", "subPath": "inner"}, {"name": "conf", "mountPath": "/mnt/conf"}]}],
         "containers": [
          {"name": "main", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "touch /tmp/ready; trap 'exit 0' TERM QUIT; while :; do sleep 0.2; done"],
           "env": [{"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "credentials", "key": "password"}}},
                   {"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
                   {"name": "GREETING", "value": "I am $(NAME)"}],
           "volumeMounts": [{"name": "data", "mountPath": "/data", "subPath": "inner"}, {"name": "conf", "mountPath": "/etc/conf"},
                            {"name": "credentials", "mountPath": "/mnt/credentials"}],
           "readinessProbe": {"exec": {"command": ["test", "-e", "/tmp/ready"]}, "periodSeconds": 1, "failureThreshold": 1}},
          {"name": "sidecar", "image": "localhost/statefulset/nginx:1.9.1", "command": ["sh", "-c", "trap 'exit 0' TERM QUIT; sleep infinity & wait"]}],
         "volumes": [{"name": "conf", "emptyDir": {"medium": "Memory"}}, {"name": "config", "configMap": {"name": "CONFIG", "items": [{"key": "a.cnf", "path": "a.cnf"}]}},
                     {"name": "credentials", "secret": {"secretName": "credentials", "defaultMode": 256}}]}
        """;

    /// <summary>The web system of the seed.</summary>
    public static IEnumerable<Manifest> Web(int replicas = 2) =>
    [
        Service("nginx", "web", headless: true),
        Set("web", "nginx", replicas, """
            {"containers": [{"name": "nginx", "image": "nginx:1.9.1", "ports": [{"containerPort": 80, "name": "web"}],
              "readinessProbe": {"httpGet": {"path": "/", "port": "web"}, "periodSeconds": 1}}]}
            """),
    ];

    /// <summary>A system shaped like a database's: init containers, claims with subPath, configuration, credentials, a sidecar, two Services.</summary>
    public static IEnumerable<Manifest> Db(int replicas, string setting = "x = 1") =>
    [
        ConfigMap($"config-{setting[^1]}", "a.cnf", $"{setting}\n"),
        Secret("credentials", "password", "hunter2"),
        Service("db", "db", headless: true, publishNotReady: true),
        Service("db-read", "db", headless: false),
        Set("db", "db", replicas, DbPod.Replace("CONFIG", $"config-{setting[^1]}", StringComparison.Ordinal), claim: true),
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
