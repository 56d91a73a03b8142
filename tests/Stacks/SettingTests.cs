using System.Text.Json.Nodes;
using Infra.MySql.Profiles;
using Xunit;

namespace Tests.Stacks;

/// <summary>Every setting arrives: the places in what is registered that it changes, and that it changes nothing else.</summary>
[Collection("deployment")]
public sealed class SettingTests
{
    private const string Set = "StatefulSet db ";
    private const string Pod = "spec.template.spec";
    private const string CronJob = "CronJob db-backup spec.jobTemplate.spec";
    private const string Job = "Job db-restore spec";
    private const string Request = $"{Job}.template.spec.containers[restore].env[RESTORE_REQUEST].value";
    private const string ToClaim = """{ "backup": { "store": { "claim": "kept" } } }""";
    private const string ToRemote = """{ "backup": { "store": { "remote": "shop:bucket", "secret": "kept" } } }""";
    private const string Archived = """{ "backup": { "store": { "claim": "kept" }, "archive": {} } }""";
    private const string ArchivePod = $"StatefulSet db-archive {Pod}";
    private const string FromClaim = """{ "restore": { "backup": "latest", "store": { "claim": "kept" } } }""";
    private const string FromRemote = """{ "restore": { "backup": "latest", "store": { "remote": "shop:bucket", "secret": "kept" } } }""";

    private const string Term = "affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[1].podAffinityTerm.labelSelector.matchLabels";
    private static readonly string[] NearArchive = [$"{Term}.app", $"{Term}.app.kubernetes.io/instance"];
    private static readonly string[] MySqlContainers = ["initContainers[init-mysql]", "initContainers[clone-mysql]", "containers[mysql]", "containers[replication]"];
    private static readonly string[] ConfigMapName = ["ConfigMap db-config metadata.name", $"{Set}{Pod}.volumes[config-map].configMap.name", $"{Set}{Pod}.volumes[scripts].configMap.name"];
    // What the set waits for is a list without names.
    private static readonly string[] Shifted = [.. Enumerable.Range(2, 6).Select(place => $"{Set}dependsOn[{place}]")];
    private static readonly string[] Spread = [$"{Set}{Pod}.topologySpreadConstraints[0].whenUnsatisfiable", $"{Set}{Pod}.topologySpreadConstraints[1].whenUnsatisfiable"];
    private static readonly string[] BothConfigFiles = ["ConfigMap db-config data.primary.cnf", "ConfigMap db-config data.replica.cnf"];

    /// <summary>The key, its value as JSON, settings that stand there before and after, and the paths that change.</summary>
    private static readonly (string Key, string Value, string Beside, string[] Paths)[] Rows =
    [
        ("mysql name", "\"shop\"", "{}", []),
        ("mysql namespace", "\"shop\"", "{}",
            [.. Objects("mysql").Select(one => $"{one} metadata.namespace"), "MySqlCluster db outputs.podHosts[0]", "MySqlCluster db outputs.podHosts[1]", "MySqlCluster db outputs.podHosts[2]",
                "MySqlCluster db outputs.reader.host", "MySqlCluster db outputs.writer.host", "stack afterDestroy[1]", .. Outputs("mysql", "namespace", "podHosts[0]", "podHosts[1]", "podHosts[2]", "reader.host", "writer.host"),
                "OrderedWorkload db outputs.podHosts[0]", "OrderedWorkload db outputs.podHosts[1]", "OrderedWorkload db outputs.podHosts[2]"]),
        ("mysql createNamespace", "true", """{ "namespace": "shop" }""", ["MySqlCluster db dependsOn[0]", "Namespace shop"]),
        ("mysql replicas", "2", "{}",
            ["ConfigMap db-members data.replicas", "MySqlCluster db outputs.podHosts[2]", "OrderedWorkload db outputs.podHosts[2]", "PersistentVolumeClaimPatch db-data-1 dependsOn[0]", "PersistentVolumeClaimPatch db-data-2", $"{Set}spec.replicas", $"{Set}timeouts.create", $"{Set}timeouts.update", .. Outputs("mysql", "podHosts[2]")]),
        ("mysql storage", "\"1Ti\"", "{}", [$"{Set}spec.volumeClaimTemplates[0].spec.resources.requests.storage", .. Claims("data", 3, " spec.resources.requests.storage")]),
        ("mysql storageClass", "\"fast\"", "{}", [$"{Set}spec.volumeClaimTemplates[0].spec.storageClassName", .. Claims("data", 3, " spec.storageClassName")]),
        ("mysql images.server", "\"a/b:1\"", "{}", ["MySqlCluster db outputs.serverImage", .. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.image"), .. Outputs("mysql", "serverImage")]),
        ("mysql pullPolicy", "\"Never\"", "{}", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.imagePullPolicy")]),
        ("mysql domain", "\"lab.example\"", "{}",
            ["MySqlCluster db outputs.podHosts[0]", "MySqlCluster db outputs.podHosts[1]", "MySqlCluster db outputs.podHosts[2]", "MySqlCluster db outputs.reader.host",
                "MySqlCluster db outputs.writer.host", .. Outputs("mysql", "podHosts[0]", "podHosts[1]", "podHosts[2]", "reader.host", "writer.host")]),
        ("mysql timeoutMinutes", "20", "{}", [$"{Set}timeouts.create", $"{Set}timeouts.update"]),
        ("mysql profile", "\"mysql-9.7\"", "{}", ["MySqlCluster db outputs.serverImage", .. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.image"), .. Outputs("mysql", "serverImage")]),
        ("mysql durability", "\"semi-sync\"", "{}", [.. BothConfigFiles, .. ConfigMapName]),
        ("mysql images.xtrabackup", "\"c/d:2\"", """{ "profile": "mysql-5.7" }""",
            ["MySqlCluster db outputs.xtrabackupImage", $"{Set}{Pod}.containers[xtrabackup].image", $"{Set}{Pod}.initContainers[clone-mysql].image", .. Outputs("mysql", "xtrabackupImage")]),
        ("mysql read.type", "\"NodePort\"", "{}", ["Service db-read spec.type", "NetworkPolicy db spec.ingress[0].from[0]"]),
        ("mysql write.type", "\"LoadBalancer\"", "{}", ["Service db-write spec.type", "NetworkPolicy db spec.ingress[0].from[0]"]),
        ("mysql read.annotations", """{ "example.com/owner": "shop" }""", "{}", ["Service db-read metadata.annotations.example.com/owner"]),
        ("mysql write.annotations", """{ "example.com/idle": 60 }""", "{}", ["Service db-write metadata.annotations.example.com/idle"]),
        ("mysql write", "{}", """{ "profile": "mysql-5.7" }""",
            ["MySqlCluster db outputs.writer.host", "Service db-write", $"{Set}dependsOn[7]", .. Outputs("mysql", "writer.host")]),
        ("mysql network.policy", "false", "{}", ["NetworkPolicy db", .. Shifted]),
        ("mysql network.from", """[{ "namespace": "shop", "labels": { "app": "cart" } }]""", "{}",
            ["NetworkPolicy db spec.ingress[0].from[0].namespaceSelector", "NetworkPolicy db spec.ingress[0].from[0].podSelector.matchLabels"]),
        ("mysql disruptionBudget", "false", "{}", ["PodDisruptionBudget db"]),
        ("mysql size", "\"small\"", "{}",
            [.. BothConfigFiles, .. ConfigMapName, .. MySqlContainers[..3].SelectMany(one => (string[])[$"{Set}{Pod}.{one}.resources.requests.cpu", $"{Set}{Pod}.{one}.resources.requests.memory"])]),
        ("mysql limits.cpu", "\"2\"", "{}", [.. MySqlContainers[..3].Select(one => $"{Set}{Pod}.{one}.resources.limits")]),
        ("mysql limits.memory", "\"2Gi\"", "{}", [.. MySqlContainers[..3].Select(one => $"{Set}{Pod}.{one}.resources.limits")]),
        ("mysql spread", "\"hard\"", "{}", Spread),
        ("mysql accessMode", "\"ReadWriteOncePod\"", "{}", [$"{Set}spec.volumeClaimTemplates[0].spec.accessModes[0]", .. Claims("data", 3, " spec.accessModes[0]")]),
        ("mysql resources.cpu", "\"2\"", "{}", [.. MySqlContainers[..3].Select(one => $"{Set}{Pod}.{one}.resources.requests.cpu")]),
        ("mysql resources.memory", "\"8Gi\"", "{}", [.. MySqlContainers[..3].Select(one => $"{Set}{Pod}.{one}.resources.requests.memory")]),
        ("mysql options", """{ "max_connections": 500 }""", "{}", [.. BothConfigFiles, .. ConfigMapName]),
        // What a whole exporter adds, the golden files say.
        ("mysql metrics", "{}", "{}", []),
        ("mysql metrics.image", "\"a/b:1\"", """{ "metrics": {} }""", [$"{Set}{Pod}.containers[metrics].image"]),
        ("mysql metrics.podMonitor", "false", """{ "metrics": {} }""", ["PodMonitor db-metrics"]),
        ("mysql metrics.rules", "false", """{ "metrics": {} }""", ["PrometheusRule db-alerts"]),
        ("mysql metrics.dashboard", "false", """{ "metrics": {} }""", ["ConfigMap db-dashboard"]),
        ("mysql metrics.labels", """{ "release": "prometheus" }""", """{ "metrics": {} }""",
            ["ConfigMap db-dashboard metadata.labels.release", "PodMonitor db-metrics metadata.labels.release", "PrometheusRule db-alerts metadata.labels.release"]),
        // What certificates add, the golden files say.
        ("mysql tls.secret", "\"a\"", "{}", []),
        ("mysql tls.require", "false", """{ "tls": { "secret": "a" } }""", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[TLS_REQUIRED].value")]),
        ("mysql tls.issuer", """{ "name": "a" }""", "{}", []),
        ("mysql tls.issuer.name", "\"b\"", """{ "tls": { "issuer": { "name": "a" } } }""", ["Certificate db-certificate spec.issuerRef.name"]),
        ("mysql tls.issuer.kind", "\"ClusterIssuer\"", """{ "tls": { "issuer": { "name": "a" } } }""", ["Certificate db-certificate spec.issuerRef.kind"]),
        ("mysql tls.issuer.group", "\"a.example\"", """{ "tls": { "issuer": { "name": "a" } } }""", ["Certificate db-certificate spec.issuerRef.group"]),
        ("mysql remoteRoot", "false", "{}", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[REMOTE_ROOT]")]),
        // What a whole backup adds, the golden files say.
        ("mysql backup", """{ "store": { "claim": "kept" } }""", "{}", []),
        ("mysql backup.store.claim", "\"other\"", ToClaim, [$"{CronJob}.template.spec.volumes[store].persistentVolumeClaim.claimName"]),
        ("mysql backup.store.storage", "\"1Ti\"", """{ "backup": { "store": { "storage": "1Gi" } } }""", ["PersistentVolumeClaim db-backups spec.resources.requests.storage"]),
        ("mysql backup.store.storageClass", "\"cold\"", """{ "backup": { "store": { "storage": "1Gi" } } }""", ["PersistentVolumeClaim db-backups spec.storageClassName"]),
        ("mysql backup.store.remote", "\"s3:b\"", ToRemote, [$"{CronJob}.template.spec.containers[backup].env[STORE_REMOTE].value"]),
        ("mysql backup.store.secret", "\"other\"", ToRemote, [$"{CronJob}.template.spec.volumes[store-secret].secret.secretName"]),
        ("mysql backup.store.snapshotClass", "\"other\"", """{ "backup": { "store": { "snapshotClass": "csi" } } }""", [$"{CronJob}.template.spec.containers[backup].env[SNAPSHOT_CLASS].value"]),
        ("mysql backup.store.image", "\"a/b:1\"", ToRemote, [$"{CronJob}.template.spec.initContainers[rclone].image"]),
        ("mysql backup.schedule", "\"0 * * * *\"", ToClaim, ["CronJob db-backup spec.schedule"]),
        ("mysql backup.timeZone", "\"Europe/Berlin\"", ToClaim, ["CronJob db-backup spec.timeZone"]),
        ("mysql backup.keepCount", "3", ToClaim, [$"{CronJob}.template.spec.containers[backup].env[KEEP_COUNT].value"]),
        ("mysql backup.keepDays", "30", ToClaim, [$"{CronJob}.template.spec.containers[backup].env[KEEP_DAYS].value"]),
        ("mysql backup.deadlineHours", "2", ToClaim, [$"{CronJob}.activeDeadlineSeconds", $"{CronJob}.template.spec.containers[backup].env[DEADLINE_SECONDS].value"]),
        ("mysql backup.workStorage", "\"1Ti\"", ToClaim, [$"{CronJob}.template.spec.volumes[data].ephemeral.volumeClaimTemplate.spec.resources.requests.storage"]),
        ("mysql backup.workStorageClass", "\"cold\"", ToClaim, [$"{CronJob}.template.spec.volumes[data].ephemeral.volumeClaimTemplate.spec.storageClassName"]),
        // What a whole archive adds, the golden files say.
        ("mysql backup.archive", "{}", ToClaim, []),
        ("mysql backup.archive.seconds", "30", Archived, [$"{ArchivePod}.containers[archive].env[ARCHIVE_SECONDS].value"]),
        ("mysql backup.archive.storage", "\"1Ti\"", Archived, [$"{ArchivePod}.volumes[data].ephemeral.volumeClaimTemplate.spec.resources.requests.storage"]),
        ("mysql backup.archive.storageClass", "\"cold\"", Archived, [$"{ArchivePod}.volumes[data].ephemeral.volumeClaimTemplate.spec.storageClassName"]),
        ("mysql restore", """{ "backup": "latest", "store": { "claim": "kept" } }""", "{}", []),
        ("mysql restore.backup", "\"20261127T023000Z\"", FromClaim, ["Job db-restore metadata.name", Request, $"{Job}.template.spec.containers[restore].env[RESTORE_BACKUP].value"]),
        ("mysql restore.system", "\"shop\"", FromClaim, ["Job db-restore metadata.name", Request, $"{Job}.template.spec.containers[restore].env[STORE_SYSTEM].value", .. NearArchive.Select(label => $"{Job}.template.spec.{label}")]),
        ("mysql restore.store.snapshotClass", "\"other\"", """{ "restore": { "backup": "20261127T023000Z", "store": { "snapshotClass": "csi" } } }""", ["Job db-restore metadata.name", Request]),
        ("mysql restore.store.claim", "\"other\"", FromClaim, ["Job db-restore metadata.name", Request, $"{Job}.template.spec.volumes[store].persistentVolumeClaim.claimName"]),
        ("mysql restore.store.remote", "\"s3:b\"", FromRemote, ["Job db-restore metadata.name", Request, $"{Job}.template.spec.containers[restore].env[STORE_REMOTE].value"]),
        ("mysql restore.store.secret", "\"other\"", FromRemote, [$"{Job}.template.spec.volumes[store-secret].secret.secretName"]),
        ("mysql restore.store.image", "\"a/b:1\"", FromRemote, [$"{Job}.template.spec.initContainers[rclone].image"]),
        ("mysql restore.until", "\"latest\"", FromClaim, ["Job db-restore metadata.name", Request, $"{Job}.template.spec.containers[restore].env[RESTORE_UNTIL]"]),
        ("mysql restore.deadlineHours", "2", FromClaim, [$"{Job}.activeDeadlineSeconds", "Job db-restore timeouts.create"]),
        ("mysql maxLagSeconds", "5", "{}", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[MAX_LAG_SECONDS].value")]),
        ("mysql maxAwaySeconds", "5", "{}", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[MAX_AWAY_SECONDS].value")]),
        ("mysql seedTimeoutSeconds", "7", "{}", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[SEED_TIMEOUT_SECONDS].value")]),
        ("mysql seedStallSeconds", "8", "{}", [.. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[SEED_STALL_SECONDS].value")]),
        ("mysql probeTimeoutSeconds", "4", "{}",
            [$"{Set}{Pod}.containers[mysql].readinessProbe.timeoutSeconds", $"{Set}{Pod}.containers[mysql].startupProbe.timeoutSeconds",
                .. MySqlContainers.Select(one => $"{Set}{Pod}.{one}.env[PROBE_TIMEOUT_SECONDS].value")]),
        ("mysql startupSeconds", "61", "{}", [$"{Set}{Pod}.containers[mysql].startupProbe.failureThreshold", $"{Set}timeouts.create", $"{Set}timeouts.update"]),
        ("mysql gracePeriodSeconds", "90", "{}", [$"{Set}{Pod}.terminationGracePeriodSeconds"]),
        ("mysql update.primary", "\"manual\"", "{}", ["ConfigMap db-config retainOnDelete", $"{Set}metadata.annotations.pulumi.com/waitFor", $"{Set}spec.updateStrategy.rollingUpdate"]),
        ("mysql update.partition", "2", "{}", ["ConfigMap db-config retainOnDelete", $"{Set}metadata.annotations.pulumi.com/waitFor", $"{Set}spec.updateStrategy.rollingUpdate"]),
        ("mysql update.minReadySeconds", "60", "{}", [$"{Set}spec.minReadySeconds", $"{Set}timeouts.create", $"{Set}timeouts.update"]),
        ("web name", "\"shop\"", "{}", []),
        ("web namespace", "\"shop\"", "{}",
            ["OrderedWorkload db outputs.podHosts[0]", "OrderedWorkload db outputs.podHosts[1]", .. Objects("web").Select(one => $"{one} metadata.namespace"), "WebCluster db outputs.podHosts[0]",
                "WebCluster db outputs.podHosts[1]", "WebCluster db outputs.reader.host", "stack afterDestroy[1]", .. Outputs("web", "namespace", "podHosts[0]", "podHosts[1]", "reader.host")]),
        ("web createNamespace", "true", """{ "namespace": "shop" }""", ["Namespace shop", "WebCluster db dependsOn[0]"]),
        ("web replicas", "1", "{}",
            ["OrderedWorkload db outputs.podHosts[1]", $"{Set}spec.replicas", $"{Set}timeouts.create", $"{Set}timeouts.update", "WebCluster db outputs.podHosts[1]", .. Outputs("web", "podHosts[1]")]),
        ("web storage", "\"1Gi\"", "{}",
            [$"{Set}{Pod}.containers[nginx].livenessProbe.httpGet", $"{Set}{Pod}.containers[nginx].livenessProbe.tcpSocket", $"{Set}{Pod}.containers[nginx].readinessProbe.httpGet",
                $"{Set}{Pod}.containers[nginx].readinessProbe.tcpSocket", $"{Set}{Pod}.containers[nginx].volumeMounts[www]", $"{Set}spec.volumeClaimTemplates[0]", $"{Set}dependsOn[1]", $"{Set}dependsOn[2]", .. Claims("www", 2)]),
        ("web storageClass", "\"fast\"", """{ "storage": "1Gi" }""", [$"{Set}spec.volumeClaimTemplates[0].spec.storageClassName", .. Claims("www", 2, " spec.storageClassName")]),
        ("web images.server", "\"a/b:1\"", "{}", [$"{Set}{Pod}.containers[nginx].image", "WebCluster db outputs.image", .. Outputs("web", "serverImage")]),
        ("web pullPolicy", "\"Never\"", "{}", [$"{Set}{Pod}.containers[nginx].imagePullPolicy"]),
        ("web domain", "\"lab.example\"", "{}",
            ["WebCluster db outputs.podHosts[0]", "WebCluster db outputs.podHosts[1]", "WebCluster db outputs.reader.host", .. Outputs("web", "podHosts[0]", "podHosts[1]", "reader.host")]),
        ("web network.policy", "false", "{}", ["NetworkPolicy db", $"{Set}dependsOn[0]", $"{Set}dependsOn[1]"]),
        ("web network.from", """[{ "namespace": "*" }]""", "{}", ["NetworkPolicy db spec.ingress[0].from[0].namespaceSelector", "NetworkPolicy db spec.ingress[0].from[0].podSelector"]),
        ("web disruptionBudget", "false", "{}", ["PodDisruptionBudget db"]),
        ("web spread", "\"hard\"", "{}", Spread),
        ("web accessMode", "\"ReadWriteOncePod\"", """{ "storage": "1Gi" }""", [$"{Set}spec.volumeClaimTemplates[0].spec.accessModes[0]", .. Claims("www", 2, " spec.accessModes[0]")]),
        ("web resources.cpu", "\"1\"", "{}", [$"{Set}{Pod}.containers[nginx].resources.requests.cpu"]),
        ("web resources.memory", "\"1Gi\"", "{}", [$"{Set}{Pod}.containers[nginx].resources.requests.memory"]),
        ("web limits.cpu", "\"2\"", "{}", [$"{Set}{Pod}.containers[nginx].resources.limits"]),
        ("web limits.memory", "\"2Gi\"", "{}", [$"{Set}{Pod}.containers[nginx].resources.limits"]),
        ("web timeoutMinutes", "25", "{}", [$"{Set}timeouts.create", $"{Set}timeouts.update"]),
        ("web update.partition", "1", "{}", [$"{Set}metadata.annotations.pulumi.com/waitFor", $"{Set}spec.updateStrategy.rollingUpdate"]),
        ("web update.minReadySeconds", "60", "{}", [$"{Set}spec.minReadySeconds", $"{Set}timeouts.create", $"{Set}timeouts.update"]),
        ("web service", "\"pages\"", "{}", []),
    ];

    public static TheoryData<string> Keys => [.. Rows.Where(row => row.Paths.Length > 0).Select(row => row.Key)];

    [Fact]
    public void Every_setting_in_the_README_has_a_row_and_no_other_is_told_of() =>
        Assert.Equal(ReadmeSettings.Keys.Order(StringComparer.Ordinal), Rows.Select(row => row.Key).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task A_setting_changes_what_it_says_and_nothing_else(string key)
    {
        var (_, value, beside, paths) = Rows.Single(row => row.Key == key);
        var before = await RunAsync(key, beside, null);
        var after = await RunAsync(key, beside, value);
        Assert.Equal(paths.Order(StringComparer.Ordinal), await GraphDifference.BetweenAsync(before, after));
    }

    /// <summary>A profile names everything else that differs between servers; which files those are, the profile's own tests say.</summary>
    [Fact]
    public async Task A_profile_of_another_kind_changes_scripts_words_and_sidecar()
    {
        var changed = await GraphDifference.BetweenAsync(await RunAsync("mysql profile", "{}", null), await RunAsync("mysql profile", "{}", $"\"{MySqlProfiles.MySql57}\""));
        Assert.Contains("ConfigMap db-config data.master.cnf", changed);
        Assert.Contains($"{Set}{Pod}.containers[xtrabackup]", changed);
        Assert.Contains("Service db-write", changed);
    }

    /// <summary>A name is in every object; what it makes of each is a property over names.</summary>
    [Theory]
    [InlineData("mysql", "data-shop-0 data-shop-1 data-shop-2 shop shop-credentials shop-read shop-write")]
    [InlineData("web", "shop")]
    public async Task A_name_is_that_of_every_object(string kind, string names)
    {
        var engine = await RunAsync($"{kind} name", "{}", "\"shop\"");
        var found = engine.Begun.Where(resource => resource.IsKubernetes && resource.Kind != "ConfigMap").Select(resource => resource.Inputs["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal(names.Split(' '), found.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("shop", engine.Only("StatefulSet")["spec"]!["serviceName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_service_is_the_name_of_the_headless_Service_and_its_label()
    {
        var engine = await RunAsync("web service", "{}", "\"pages\"");
        Assert.Equal("pages", engine.Only("Service")["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal("pages", engine.Only("StatefulSet")["spec"]!["serviceName"]!.GetValue<string>());
        Assert.Equal("db", engine.Only("StatefulSet")["metadata"]!["name"]!.GetValue<string>());
        Assert.All(engine.Begun.Where(resource => resource.IsKubernetes), resource => Assert.Equal("pages", resource.Inputs["metadata"]!["labels"]!["app"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Options_are_written_as_the_server_reads_them()
    {
        var engine = await RunAsync("mysql options", "{}", """{ "sql_mode": "ANSI", "max_connections": 500 }""");
        foreach (var file in (string[])["primary.cnf", "replica.cnf"])
        {
            Assert.EndsWith("\n\n# Options of this stack.\nmax_connections = 500\nsql_mode = ANSI\n", engine.Configuration["data"]![file]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("mysql startupSeconds", "61", 31)]
    [InlineData("mysql startupSeconds", "60", 30)]
    [InlineData("mysql startupSeconds", "1", 1)]
    [InlineData("mysql startupSeconds", "2147483647", 1073741824)]
    public async Task A_server_has_no_less_than_its_time_to_start(string key, string seconds, int tries)
    {
        var probe = Json.Item((await RunAsync(key, "{}", seconds)).Only("StatefulSet")["spec"]!["template"]!["spec"]!["containers"], "mysql")["startupProbe"]!;
        Assert.Equal((2, tries), (probe["periodSeconds"]!.GetValue<int>(), probe["failureThreshold"]!.GetValue<int>()));
    }

    private static IEnumerable<string> Objects(string kind) => kind == "mysql"
        ? ["ConfigMap db-config", "ConfigMap db-initialised", "ConfigMap db-members", "NetworkPolicy db", .. Claims("data", 3), "PodDisruptionBudget db", "Secret db-credentials", "Service db-headless", "Service db-read", "Service db-write", "StatefulSet db"]
        : ["NetworkPolicy db", "PodDisruptionBudget db", "Service db-headless", "StatefulSet db"];

    private static IEnumerable<string> Claims(string template, int pods, string path = "") => Enumerable.Range(0, pods).Select(ordinal => $"PersistentVolumeClaimPatch db-{template}-{ordinal}{path}");

    private static IEnumerable<string> Outputs(string kind, params string[] names) => names.Select(name => $"stack {kind}[db].{name}");

    private static async Task<Engine> RunAsync(string key, string beside, string? value)
    {
        var (kind, path) = key.Split(' ') is [var first, var second] ? (first, second) : throw new ArgumentException(key);
        var system = JsonNode.Parse(beside)!.AsObject();
        system["name"] = "db";
        if (value is not null)
        {
            Put(system, path.Split('.'), JsonNode.Parse(value)!);
        }

        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { [kind] = new JsonArray(system).ToJsonString() });
        return engine;
    }

    private static void Put(JsonObject section, string[] path, JsonNode value)
    {
        if (path is [var only])
        {
            section[only] = value;
            return;
        }

        var inner = section[path[0]] as JsonObject ?? [];
        section[path[0]] = inner;
        Put(inner, path[1..], value);
    }
}
