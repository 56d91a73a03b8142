using System.Text.Json.Nodes;
using Lab.Manifests;
using Lab.Specs;

namespace Lab.Tests;

/// <summary>Jobs and what goes with them, as they are written.</summary>
internal static class JobManifests
{
    public static Manifest Job(string name = "restore", string more = "", string policy = "Never") => Manifest.Parse($$"""
        {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "{{name}}"},
         "spec": { {{(more.Length > 0 ? more + "," : "")}} "template": {"metadata": {"labels": {"app": "restore"} },
           "spec": {"restartPolicy": "{{policy}}", "containers": [{"name": "main", "image": "i:1"}]} } } }
        """);

    public static JobSpec Spec(string name = "restore", string more = "", string policy = "Never") => JobSpec.Read(Job(name, more, policy));

    public static Manifest Cron(string schedule = "0 3 * * *", string more = "", string job = "") => Manifest.Parse($$"""
        {"apiVersion": "batch/v1", "kind": "CronJob", "metadata": {"name": "backup"},
         "spec": {"schedule": "{{schedule}}", {{(more.Length > 0 ? more + "," : "")}} "jobTemplate": {"metadata": {"labels": {"of": "backup"} },
           "spec": { {{(job.Length > 0 ? job + "," : "")}} "template": {"spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "i:1"}]} } } } } }
        """);

    public static Manifest Claim(string size = "1Gi", string mode = "ReadWriteOnce") => new(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "PersistentVolumeClaim",
        ["metadata"] = new JsonObject { ["name"] = "data" },
        ["spec"] = new JsonObject { ["accessModes"] = new JsonArray(mode), ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["storage"] = size } } },
    });
}
