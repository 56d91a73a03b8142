using System.Text.Json.Nodes;
using Infra.Arguments;
using Infra.MySql;
using Infra.Workloads;
using Xunit;

namespace Tests.Infra;

/// <summary>What a cluster registers so that its binary logs are archived, and how a restore says up to where they are replayed.</summary>
[Collection("deployment")]
public sealed class ArchiveTests
{
    private const string Transaction = "3e11fa47-71ca-11e1-9e33-c80aa9429562:23";

    private static BackupStoreArgs Claim => new() { Claim = "kept" };

    private static BackupStoreArgs Remote => new() { Remote = "shop:bucket", Secret = "kept" };

    [Fact]
    public async Task It_comes_and_goes_without_a_change_of_the_servers_pods()
    {
        var without = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim } });
        var with = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() } });
        Json.Equal(without.Only("StatefulSet").ToJsonString(), with.Named("StatefulSet", "db"));
    }

    [Fact]
    public async Task It_is_a_set_of_one_that_runs_for_ever_and_serves_nobody()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() } });
        var set = engine.Named("StatefulSet", "db-archive");
        Assert.Equal((1, "OrderedReady", "db-archive"), ((int?)set["spec"]!["replicas"], (string?)set["spec"]!["podManagementPolicy"], (string?)set["spec"]!["serviceName"]));
        Assert.Null(set["spec"]!["volumeClaimTemplates"]);
        // It stops with its set: nobody misses what it has, and nobody would look after it.
        Assert.Null(set["metadata"]!["annotations"]);
        var labels = set["spec"]!["template"]!["metadata"]!["labels"]!;
        Json.Equal(
            """{ "app": "db-archive", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "archive", "app.kubernetes.io/managed-by": "pulumi" }""", labels);
        var service = engine.Named("Service", "db-archive")["spec"]!;
        Json.Equal("""{ "clusterIP": "None", "selector": { "app": "db-archive", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "archive" } }""", service);
        var policy = engine.Named("NetworkPolicy", "db-archive")["spec"]!;
        Json.Equal("""["Ingress", "Egress"]""", policy["policyTypes"]);
        Assert.Null(policy["ingress"]);
        Json.Equal(service["selector"]!.ToJsonString(), policy["podSelector"]!["matchLabels"]);
    }

    [Fact]
    public async Task Its_pod_is_told_what_to_archive_and_where_and_how_often()
    {
        var pod = Pod(await EngineOf(new MySqlClusterArgs { StorageClass = "fast", Backup = new() { Store = Claim, Archive = new() { Seconds = 30, Storage = "5Gi" } } }));
        Assert.Equal(("Always", 30), ((string?)pod["restartPolicy"], (int?)pod["terminationGracePeriodSeconds"]));
        var container = Json.Item(pod["containers"], "archive");
        Json.Equal("""["bash", "/mnt/scripts/archive-logs.sh"]""", container["command"]);
        Assert.Equal(("db", "30", "/mnt/store"), (Variable(container, "STORE_SYSTEM"), Variable(container, "ARCHIVE_SECONDS"), Variable(container, "STORE_DIRECTORY")));
        Json.Equal("""{ "requests": { "cpu": "100m", "memory": "512Mi" } }""", container["resources"]);
        Json.Equal(
            """{ "accessModes": ["ReadWriteOnce"], "storageClassName": "fast", "resources": { "requests": { "storage": "5Gi" } } }""",
            Json.Item(pod["volumes"], "data")["ephemeral"]!["volumeClaimTemplate"]!["spec"]);
        Assert.Equal("kept", (string?)Json.Item(pod["volumes"], "store")["persistentVolumeClaim"]!["claimName"]);
    }

    [Fact]
    public async Task What_is_left_out_has_its_default()
    {
        var pod = Pod(await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() } }));
        Assert.Equal("60", Variable(Json.Item(pod["containers"], "archive"), "ARCHIVE_SECONDS"));
        Json.Equal("""{ "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "10Gi" } } }""", Json.Item(pod["volumes"], "data")["ephemeral"]!["volumeClaimTemplate"]!["spec"]);
    }

    /// <summary>A store or a primary that is away makes it unready at once, and started anew only when that has lasted.</summary>
    [Fact]
    public async Task It_is_ready_while_it_archives_and_started_anew_after_half_an_hour_in_which_it_does_not()
    {
        var container = Json.Item(Pod(await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() } }))["containers"], "archive");
        const string asked = """ "exec": { "command": ["bash", "/mnt/scripts/archive-ready.sh"] }, "periodSeconds": 10, "timeoutSeconds": 5 """;
        Json.Equal($$"""{ {{asked}}, "failureThreshold": 3 }""", container["readinessProbe"]);
        Json.Equal($$"""{ {{asked}}, "failureThreshold": 180 }""", container["livenessProbe"]);
    }

    [Fact]
    public async Task Its_pod_is_restricted_as_the_servers_are()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Remote, Archive = new() } });
        var (pod, server) = (Pod(engine), engine.Named("StatefulSet", "db")["spec"]!["template"]!["spec"]!);
        Json.Equal(server["securityContext"]!.ToJsonString(), pod["securityContext"]);
        Assert.All(pod["containers"]!.AsArray().Concat(pod["initContainers"]!.AsArray()), container => Json.Equal(server["containers"]![0]!["securityContext"]!.ToJsonString(), container!["securityContext"]));
        Assert.Equal(false, (bool?)pod["automountServiceAccountToken"]);
    }

    /// <summary>Whoever may connect besides.</summary>
    [Fact]
    public async Task The_servers_let_it_in()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() }, Network = new() { From = [new NetworkPeerArgs { Cidr = "10.0.0.0/8" }] } });
        Json.Equal(
            """
            { "ports": [{ "protocol": "TCP", "port": 3306 }],
              "from": [{ "podSelector": { "matchLabels": { "app": "db-archive", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "archive" } } }] }
            """,
            engine.Named("NetworkPolicy", "db")["spec"]!["ingress"]![3]);
    }

    /// <summary>The servers, whose logs it archives, and the claim that is made for the store; not before the policy, or nobody would keep others out.</summary>
    [Fact]
    public async Task It_is_made_when_the_servers_are_ready_and_the_store_is_there()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = new() { Storage = "100Gi" }, Archive = new() } });
        var graph = await engine.GraphAsync();
        var set = graph.Nodes.Single(node => node.Recorded.Inputs == engine.Named("StatefulSet", "db-archive"));
        var before = graph.Named(set).Select(node => node.Recorded).Where(one => one.IsKubernetes).Select(one => $"{one.Kind} {one.Name}").Order(StringComparer.Ordinal);
        Assert.Equal(
            ["ConfigMap db-backup-scripts", "ConfigMap db-members", "NetworkPolicy db-archive", "PersistentVolumeClaim db-backups", "Secret db-credentials", "Service db-archive", "StatefulSet db"], before);
        Assert.Equal("db-backups", (string?)Json.Item(Pod(engine)["volumes"], "store")["persistentVolumeClaim"]!["claimName"]);
    }

    /// <summary>A claim is mounted by pods of one node at a time.</summary>
    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    public async Task A_backup_runs_beside_it_where_both_have_the_store_mounted(bool claim, bool archived, bool beside)
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = claim ? Claim : Remote, Archive = archived ? new() : null } });
        var affinity = engine.Only("CronJob")["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!["affinity"];
        Assert.Equal(beside, affinity is not null);
        if (affinity is not null)
        {
            Json.Equal(
                """
                { "podAffinity": { "preferredDuringSchedulingIgnoredDuringExecution": [{ "weight": 100, "podAffinityTerm": { "topologyKey": "kubernetes.io/hostname", "labelSelector": { "matchLabels": {
                  "app": "db-archive", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "archive" } } } }] } }
                """,
                affinity);
        }
    }

    [Fact]
    public async Task It_is_told_as_what_the_cluster_made()
    {
        MySqlCluster? with = null, without = null;
        await new Engine().RunAsync(() =>
        {
            with = new MySqlCluster("db", new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() } });
            without = new MySqlCluster("other", new MySqlClusterArgs { Backup = new() { Store = Claim } });
        });
        Assert.NotNull(with!.ArchiveSet);
        Assert.Null(without!.ArchiveSet);
        Assert.Equal(["db", "db-read", "db-write", "db-archive"], new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() } }.ServiceNames("db"));
    }

    [Fact]
    public async Task Without_a_policy_there_is_none_for_it_either() => Assert.Empty(
        (await EngineOf(new MySqlClusterArgs { Backup = new() { Store = Claim, Archive = new() }, Network = new() { Policy = false } })).All("NetworkPolicy"));

    [Theory]
    [InlineData("latest", true)]
    [InlineData("2026-11-27T14:03:07Z", true)]
    [InlineData("2026-11-27T14:03:07.123456Z", true)]
    [InlineData("2024-02-29T00:00:00Z", true)]
    [InlineData(Transaction, true)]
    [InlineData("3E11FA47-71CA-11E1-9E33-C80AA9429562:nightly:23", true)]
    [InlineData("", false)]
    [InlineData("2026-11-27", false)]
    [InlineData("2026-11-27T14:03:07", false)]
    [InlineData("2026-11-27T14:03:07+01:00", false)]
    [InlineData("2026-11-27T14:03:07.1234567Z", false)]
    [InlineData("2026-02-29T00:00:00Z", false)]
    [InlineData("2026-11-27T25:00:00Z", false)]
    [InlineData("2026-11-27T14:03:07Z\n", false)]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562", false)]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:0", false)]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-23", false)]
    [InlineData("3e11fa47-71ca-11e1-9e33-c80aa9429562:2b:23", false)]
    public void A_point_in_time_is_a_time_or_a_transaction_or_the_latest(string until, bool isOne)
    {
        var problems = new MySqlClusterArgs { Restore = new() { Backup = "latest", Until = until, Store = Claim } }.Problems("db");
        var sentence = $"\"{until}\" is neither a time in UTC, such as 2026-11-27T14:03:07Z, nor a transaction's identifier, such as {Transaction}, nor latest";
        Assert.Equal(isOne ? [] : [new ArgumentProblem("Restore.Until", sentence)], problems);
    }

    /// <summary>Whoever says nothing of it has the Job that there was before it could be said.</summary>
    [Fact]
    public async Task Another_point_in_time_is_another_Job_and_none_is_the_backup_alone()
    {
        var alone = await RestoreAsync(null);
        var until = await RestoreAsync(Transaction);
        Assert.Equal("db-restore-44dbe9242a", (string?)alone["metadata"]!["name"]);
        Assert.NotEqual((string?)alone["metadata"]!["name"], (string?)until["metadata"]!["name"]);
        Assert.DoesNotContain("RESTORE_UNTIL", alone.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(Transaction, Variable(Json.Item(until["spec"]!["template"]!["spec"]!["containers"], "restore"), "RESTORE_UNTIL"));
    }

    private static async Task<JsonObject> RestoreAsync(string? until) =>
        (await EngineOf(new MySqlClusterArgs { Restore = new() { Backup = "latest", System = "old", Until = until, Store = Claim } })).Only("Job");

    private static string? Variable(JsonNode container, string name) => (string?)Json.Item(container["env"], name)["value"];

    private static JsonNode Pod(Engine engine) => engine.Named("StatefulSet", "db-archive")["spec"]!["template"]!["spec"]!;

    private static async Task<Engine> EngineOf(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }
}
