using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Commands;
using Lab.Manifests;

namespace Trials.Faults.Classic;

/// <summary>Puts the classic scripts, configuration and probes in the place of the program's own.</summary>
internal static class ClassicScripts
{
    /// <summary>The program's objects with the classic pods in them; names, Services, claims and images stay.</summary>
    public static IReadOnlyList<Manifest> PutInto(IReadOnlyList<Manifest> manifests)
    {
        var configuration = manifests.Single(one => one.Kind == "ConfigMap" && one.Body["data"]!["lib.sh"] is not null);
        configuration.Body["data"] = Json(new Dictionary<string, string> { ["master.cnf"] = "[mysqld]\nlog-bin\n", ["slave.cnf"] = "[mysqld]\nsuper-read-only\n" });
        foreach (var service in manifests.Where(one => one.Kind == "Service"))
        {
            service.Body["spec"]!.AsObject().Remove("publishNotReadyAddresses");
        }

        var spec = manifests.Single(one => one.Kind == "StatefulSet").Body["spec"]!["template"]!["spec"]!.AsObject();
        // They chown, write to their images, and have no user but root in mind.
        spec.Remove("securityContext");
        string server = Image(spec, "mysql"), tools = Image(spec, "xtrabackup");
        var data = new { name = "data", mountPath = "/var/lib/mysql", subPath = "mysql" };
        var conf = new { name = "conf", mountPath = "/etc/mysql/conf.d" };
        spec["initContainers"] = Json(new object[]
        {
            new
            {
                name = "init-mysql",
                image = server,
                command = Bash("init-mysql.sh"),
                volumeMounts = new[] { new { name = "conf", mountPath = "/mnt/conf.d" }, new { name = "config-map", mountPath = "/mnt/config-map" } },
            },
            new { name = "clone-mysql", image = tools, command = Bash("clone-mysql.sh"), volumeMounts = new object[] { data, conf } },
        });
        spec["containers"] = Json(new object[]
        {
            new
            {
                name = "mysql",
                image = server,
                env = new[] { new { name = "MYSQL_ALLOW_EMPTY_PASSWORD", value = "1" } },
                ports = new[] { new { name = "mysql", containerPort = 3306 } },
                volumeMounts = new object[] { data, conf },
                livenessProbe = new { exec = new { command = Words("mysqladmin|ping") }, initialDelaySeconds = 30, periodSeconds = 10, timeoutSeconds = 5 },
                readinessProbe = new
                {
                    exec = new { command = Words("mysql|-h|127.0.0.1|-e|SELECT 1") },
                    initialDelaySeconds = 5,
                    periodSeconds = 2,
                    timeoutSeconds = 1,
                },
            },
            new
            {
                name = "xtrabackup",
                image = tools,
                ports = new[] { new { name = "xtrabackup", containerPort = 3307 } },
                command = Bash("xtrabackup.sh"),
                volumeMounts = new object[] { data, conf },
            },
        });
        spec["volumes"] = Json(new object[]
        {
            new { name = "conf", emptyDir = new { } },
            new { name = "config-map", configMap = new { name = configuration.Name } },
        });
        return manifests;
    }

    private static string Image(JsonObject spec, string container) => $"{spec["containers"]!.AsArray().Single(one => $"{one!["name"]}" == container)!["image"]}";

    private static string[] Bash(string script) => ["bash", "-c", File.ReadAllText(Path.Combine(ProjectFolder.Root, "trials", "Faults", "Classic", script))];

    private static string[] Words(string line) => line.Split('|');

    private static JsonNode? Json(object value) => JsonSerializer.SerializeToNode(value);
}
