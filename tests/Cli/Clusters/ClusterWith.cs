using System.Text.Json.Nodes;
using Cli.Evaluation;
using Lab.Manifests;

namespace Tests.Cli.Clusters;

/// <summary>A cluster that has objects, each with what an API server and controllers add to it.</summary>
internal static class ClusterWith
{
    private static readonly (string Path, string Kind)[] Kinds =
    [
        ("/apis/apps/v1", "StatefulSet"), ("/apis/apps/v1", "Deployment"), ("/apis/batch/v1", "CronJob"), ("/apis/batch/v1", "Job"), ("/api/v1", "Service"), ("/api/v1", "ConfigMap"), ("/api/v1", "Secret"), ("/api/v1", "PersistentVolumeClaim"), ("/api/v1", "Pod"),
        ("/apis/networking.k8s.io/v1", "NetworkPolicy"), ("/apis/policy/v1", "PodDisruptionBudget"),
    ];

    /// <summary>The objects of a stack of MySQL systems.</summary>
    public static async Task<IReadOnlyList<Manifest>> ObjectsAsync(string mysql)
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { ["mysql"] = mysql });
        return (await StackObjects.OfAsync(engine.Recorder)).All;
    }

    /// <summary>Has a server answer for objects of the namespace <c>default</c>, a default storage class that grows, and nothing else.</summary>
    public static void Objects(FakeApiServer server, params IEnumerable<Manifest> objects)
    {
        var there = objects.Select(Told).ToList();
        server.WithText("/api/v1/namespaces/default", """{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "default", "uid": "1" } }""");
        server.WithText("/apis/storage.k8s.io/v1/storageclasses", """
            { "items": [{ "metadata": { "name": "standard", "annotations": { "storageclass.kubernetes.io/is-default-class": "true" } }, "provisioner": "none", "allowVolumeExpansion": true }] }
            """);
        foreach (var (path, kind) in Kinds)
        {
            var (of, list) = (there.Where(one => one.Kind == kind).ToList(), $"{path}/namespaces/default/{(kind.EndsWith('y') ? $"{kind[..^1]}ie" : kind).ToLowerInvariant()}s");
            server.WithText(list, new JsonObject { ["items"] = new JsonArray([.. of.Select(one => one.Body.DeepClone())]) }.ToJsonString());
            foreach (var one in of)
            {
                server.WithText($"{list}/{one.Name}", one.Body.ToJsonString());
            }
        }
    }

    /// <summary>The object as a cluster tells of it.</summary>
    private static Manifest Told(Manifest manifest)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        var metadata = body["metadata"]!.AsObject();
        metadata["uid"] = "0f0f";
        metadata["resourceVersion"] = "17";
        metadata["generation"] = 2;
        metadata["managedFields"] ??= JsonNode.Parse("""[{ "manager": "pulumi-kubernetes-1a2b", "operation": "Apply", "fieldsV1": { "f:metadata": { "f:labels": { "f:app": {} } } } }]""");
        switch (manifest.Kind)
        {
            case "StatefulSet":
                body["spec"]!["revisionHistoryLimit"] = 10;
                body["spec"]!["template"]!["spec"]!["dnsPolicy"] = "ClusterFirst";
                body["spec"]!["template"]!["spec"]!["containers"]![0]!["terminationMessagePath"] = "/dev/termination-log";
                body["status"] = JsonNode.Parse("""{ "replicas": 3 }""");
                break;
            case "Service":
                body["spec"]!["clusterIP"] ??= "10.0.0.7";
                body["spec"]!["clusterIPs"] = JsonNode.Parse("""["10.0.0.7"]""");
                body["spec"]!["sessionAffinity"] = "None";
                break;
            case "PersistentVolumeClaim":
                body["spec"]!["volumeName"] = "pvc-1";
                body["status"] = JsonNode.Parse("""{ "phase": "Bound" }""");
                break;
            case "Secret":
                body["data"] = new JsonObject((body["stringData"] as JsonObject ?? []).Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{pair.Value}")))));
                body.Remove("stringData");
                break;
        }

        return new Manifest(body);
    }
}
