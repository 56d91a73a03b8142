using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Tests.Cli.Checks.Policies;

/// <summary>Objects that keep every policy, and small changes to them.</summary>
internal static class SampleFolder
{
    private const string Container = """
        {
          "name": "nginx", "image": "registry.example:5000/team/nginx:1.28", "ports": [{ "name": "web", "containerPort": 8080 }],
          "env": [{ "name": "TZ", "value": "UTC" }],
          "resources": { "requests": { "cpu": "50m", "memory": "64Mi", "ephemeral-storage": "64Mi" } },
          "securityContext": { "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "runAsGroup": 101, "capabilities": { "drop": ["ALL"] } },
          "startupProbe": { "tcpSocket": { "port": 8080 } },
          "livenessProbe": { "tcpSocket": { "port": 8080 }, "periodSeconds": 10 },
          "readinessProbe": { "httpGet": { "path": "/", "port": "web" }, "periodSeconds": 2 }
        }
        """;

    /// <summary>A Service (0), a NetworkPolicy (1), a budget (2), a StatefulSet (3), a Job (4), a CronJob (5), and a Service of one pod (6).</summary>
    public static IReadOnlyList<Manifest> Sound() =>
    [
        Manifest.Parse("""
            { "apiVersion": "v1", "kind": "Service", "metadata": { "name": "nginx", "labels": { "app": "nginx" } },
              "spec": { "clusterIP": "None", "selector": { "app": "nginx" }, "ports": [{ "name": "web", "port": 80, "targetPort": "web" }] } }
            """),
        Manifest.Parse("""{ "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": { "name": "all" }, "spec": { "podSelector": {}, "policyTypes": ["Ingress", "Egress"] } }"""),
        Manifest.Parse("""
            { "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": { "name": "nginx" },
              "spec": { "maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": { "matchExpressions": [{ "key": "app", "operator": "In", "values": ["nginx"] }] } } }
            """),
        Manifest.Parse($$"""
            { "apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": { "name": "web" },
              "spec": { "serviceName": "nginx", "replicas": 2, "selector": { "matchLabels": { "app": "nginx" } },
                "template": { "metadata": { "labels": { "app": "nginx" } }, "spec": {
                  "topologySpreadConstraints": [{ "topologyKey": "kubernetes.io/hostname", "maxSkew": 1, "whenUnsatisfiable": "ScheduleAnyway", "labelSelector": { "matchLabels": { "app": "nginx" } } }],
                  "securityContext": { "runAsNonRoot": true, "runAsUser": 101, "seccompProfile": { "type": "RuntimeDefault" } },
                  "volumes": [{ "name": "host", "hostPath": { "path": "/srv" } }],
                  "initContainers": [{{WithoutProbes("first")}}], "containers": [{{Container}}] } } } }
            """),
        Manifest.Parse($$"""
            { "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "once" },
              "spec": { "ttlSecondsAfterFinished": 60, "template": { "metadata": { "labels": { "app": "once" } }, "spec": {{JobPod()}} } } }
            """),
        Manifest.Parse($$"""
            { "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "nightly" },
              "spec": { "startingDeadlineSeconds": 60, "jobTemplate": { "spec": { "template": { "metadata": { "labels": { "app": "nightly" } }, "spec": {{JobPod()}} } } } } }
            """),
        Manifest.Parse("""
            { "apiVersion": "v1", "kind": "Service", "metadata": { "name": "write" },
              "spec": { "selector": { "app": "nginx", "statefulset.kubernetes.io/pod-name": "web-0" }, "ports": [{ "port": 80 }] } }
            """),
    ];

    /// <summary>Puts a JSON value at a pointer, <c>/0/spec/type="NodePort"</c>, or takes one away, <c>-/0/spec/type</c>. The first step is an object's place.</summary>
    public static IReadOnlyList<Manifest> With(string change)
    {
        var manifests = Sound();
        var (pointer, value) = change.Split('=', 2) is [var left, var right] ? (left, right) : (change[1..], null);
        var steps = pointer.Split('/')[1..].Select(step => step.Replace("~1", "/", StringComparison.Ordinal)).ToList();
        JsonNode at = manifests[int.Parse(steps[0])].Body;
        foreach (var step in steps[1..^1])
        {
            at = at is JsonArray list ? list[int.Parse(step)]! : at[step]!;
        }

        if (value is null)
        {
            Xunit.Assert.True(at.AsObject().Remove(steps[^1]));
        }
        else
        {
            at[steps[^1]] = JsonNode.Parse(value);
        }

        return manifests;
    }

    private static string JobPod() => $$"""
        { "restartPolicy": "OnFailure", "securityContext": { "runAsUser": 101, "seccompProfile": { "type": "RuntimeDefault" } }, "containers": [{{WithoutProbes("main")}}] }
        """;

    private static string WithoutProbes(string name)
    {
        var container = JsonNode.Parse(Container)!.AsObject();
        container["name"] = name;
        foreach (var key in (string[])["ports", "startupProbe", "livenessProbe", "readinessProbe"])
        {
            container.Remove(key);
        }

        return container.ToJsonString();
    }
}
