using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.MySql.Profiles;
using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Xunit;

namespace Tests.Infra;

/// <summary>What a cluster registers for its backups and for a restore, and what that does to the pods that serve: nothing.</summary>
[Collection("deployment")]
public sealed class BackupTests
{
    private static MySqlBackupArgs ToClaim => new() { Store = new() { Claim = "kept" } };

    private static MySqlRestoreArgs FromClaim => new() { Backup = MySqlRestoreArgs.Latest, System = "old", Store = new() { Claim = "kept" } };

    [Theory]
    [InlineData(MySqlProfiles.MySql84)]
    [InlineData(MySqlProfiles.MySql97)]
    public async Task Backups_come_and_go_without_a_change_of_the_servers_pods(string profile)
    {
        var without = (await EngineOf(new MySqlClusterArgs { Profile = profile })).Only("StatefulSet");
        Json.Equal(without.ToJsonString(), (await EngineOf(new MySqlClusterArgs { Profile = profile, Backup = ToClaim })).Only("StatefulSet"));
        Json.Equal(without.ToJsonString(), (await EngineOf(new MySqlClusterArgs { Profile = profile, Restore = FromClaim })).Only("StatefulSet"));
    }

    /// <summary>Every selector of the cluster against the labels of these pods.</summary>
    [Fact]
    public async Task No_selector_of_the_cluster_finds_their_pods()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = ToClaim, Restore = FromClaim });
        var pods = new[] { engine.Only("CronJob")["spec"]!["jobTemplate"]!["spec"]!["template"], engine.Only("Job")["spec"]!["template"] }.Select(template => template!["metadata"]!["labels"]!.AsObject()).ToList();
        var own = engine.Named("NetworkPolicy", "db-backup")["spec"]!["podSelector"]!["matchLabels"]!.AsObject();
        JsonObject[] selectors =
        [
            .. engine.All("Service").Select(service => service["spec"]!["selector"]!.AsObject()),
            engine.Only("StatefulSet")["spec"]!["selector"]!["matchLabels"]!.AsObject(),
            engine.Only("PodDisruptionBudget")["spec"]!["selector"]!["matchLabels"]!.AsObject(),
            engine.Named("NetworkPolicy", "db")["spec"]!["podSelector"]!["matchLabels"]!.AsObject(),
        ];
        Assert.Equal(6, selectors.Length);
        Assert.All(selectors, selector => Assert.All(pods, labels => Assert.False(Selects(selector, labels))));
        Assert.Equal(["db-backup", "db-restore"], pods.Select(labels => (string?)labels["app"]));
        Assert.True(Selects(own, pods[0]));
    }

    /// <summary>Whoever may connect besides.</summary>
    [Fact]
    public async Task The_servers_let_a_backup_in_and_nobody_connects_to_it()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = ToClaim, Network = new() { From = [new NetworkPeerArgs { Cidr = "10.0.0.0/8" }] } });
        Json.Equal(
            """
            { "ports": [{ "protocol": "TCP", "port": 3306 }],
              "from": [{ "podSelector": { "matchLabels": { "app": "db-backup", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "backup" } } }] }
            """,
            engine.Named("NetworkPolicy", "db")["spec"]!["ingress"]![2]);
        Json.Equal("""["Ingress", "Egress"]""", engine.Named("NetworkPolicy", "db-backup")["spec"]!["policyTypes"]);
        Assert.Null(engine.Named("NetworkPolicy", "db-backup")["spec"]!["ingress"]);
    }

    [Theory]
    [InlineData("CronJob")]
    [InlineData("Job")]
    public async Task Where_there_are_certificates_its_donor_has_to_show_one(string kind)
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = ToClaim, Restore = FromClaim, Tls = new MySqlTlsArgs { Secret = "certificates" } });
        var spec = engine.Only(kind)["spec"]!;
        var pod = (spec["jobTemplate"]?["spec"] ?? spec)["template"]!["spec"]!;
        Assert.Equal("certificates", (string?)Json.Item(pod["volumes"], "tls")["secret"]!["secretName"]);
        var container = pod["containers"]![0]!;
        Assert.Equal("/mnt/tls", (string?)Json.Item(container["volumeMounts"], "tls")["mountPath"]);
        Assert.Equal("/mnt/tls", (string?)Json.Item(container["env"], "CERTIFICATE_DIRECTORY")["value"]);
        Assert.Equal("ON", (string?)Json.Item(container["env"], "TLS_REQUIRED")["value"]);
        Assert.Equal("mysql-0.mysql.$(NAMESPACE).svc".Replace("mysql", "db", StringComparison.Ordinal), (string?)Json.Item(container["env"], "PRIMARY_HOST")["value"]);
    }

    [Fact]
    public async Task One_run_at_a_time_is_tried_once_and_ended_in_time()
    {
        var spec = (await EngineOf(new MySqlClusterArgs { Backup = ToClaim })).Only("CronJob")["spec"]!;
        Assert.Equal(("30 2 * * *", "Etc/UTC", "Forbid"), ((string?)spec["schedule"], (string?)spec["timeZone"], (string?)spec["concurrencyPolicy"]));
        var job = spec["jobTemplate"]!["spec"]!;
        Assert.Equal((0, 43200), ((int?)job["backoffLimit"], (int?)job["activeDeadlineSeconds"]));
        Assert.Equal("Never", (string?)job["template"]!["spec"]!["restartPolicy"]);
    }

    [Theory]
    [InlineData("CronJob")]
    [InlineData("Job")]
    public async Task Their_pods_are_restricted_as_the_servers_are(string kind)
    {
        var remote = new BackupStoreArgs { Remote = "shop:bucket", Secret = "kept" };
        var engine = await EngineOf(new MySqlClusterArgs { Backup = new() { Store = remote }, Restore = new() { Backup = "latest", Store = remote } });
        var job = engine.Only(kind)["spec"]!;
        var pod = (kind == "Job" ? job : job["jobTemplate"]!["spec"]!)["template"]!["spec"]!;
        var server = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        Json.Equal(server["securityContext"]!.ToJsonString(), pod["securityContext"]);
        Assert.All(pod["containers"]!.AsArray().Concat(pod["initContainers"]!.AsArray()), container => Json.Equal(server["containers"]![0]!["securityContext"]!.ToJsonString(), container!["securityContext"]));
        Assert.Equal(false, (bool?)pod["automountServiceAccountToken"]);
    }

    /// <summary>Before the servers' pods are made; after that the claim is theirs, whatever becomes of the Job.</summary>
    [Fact]
    public async Task A_restore_fills_the_primarys_claim_first_and_the_claim_stays()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Storage = "20Gi", StorageClass = "fast", Restore = FromClaim });
        var claim = engine.Named("PersistentVolumeClaimPatch", "data-db-0");
        Json.Equal(engine.Only("StatefulSet")["spec"]!["volumeClaimTemplates"]![0]!["spec"]!.ToJsonString(), claim["spec"]);
        Assert.Empty(engine.All("PersistentVolumeClaim"));
        var graph = await engine.GraphAsync();
        var (set, job) = (graph.Nodes.Single(node => node.Recorded.Kind == "StatefulSet"), graph.Nodes.Single(node => node.Recorded.Kind == "Job"));
        Assert.Contains(graph.Nodes.Single(node => node.Recorded.Inputs == claim), graph.Named(job));
        Assert.Contains(job, graph.Named(set));
        Assert.Equal("data-db-0", (string?)Json.Item(engine.Only("Job")["spec"]!["template"]!["spec"]!["volumes"], "data")["persistentVolumeClaim"]!["claimName"]);
    }

    [Fact]
    public async Task Another_backup_is_another_Job()
    {
        var first = await EngineOf(new MySqlClusterArgs { Restore = FromClaim });
        var other = FromClaim;
        other.Backup = "20261127T023000Z";
        var second = await EngineOf(new MySqlClusterArgs { Restore = other });
        Assert.Matches("^db-restore-[0-9a-f]{10}$", (string)first.Only("Job")["metadata"]!["name"]!);
        Assert.NotEqual((string?)first.Only("Job")["metadata"]!["name"], (string?)second.Only("Job")["metadata"]!["name"]);
    }

    /// <summary>By the next <c>pulumi up</c>; with what is asked by then, not with what was.</summary>
    [Fact]
    public async Task A_restore_that_failed_is_made_anew()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Restore = FromClaim });
        var job = engine.Only("Job");
        Assert.Equal("true", (string?)job["metadata"]!["annotations"]!["pulumi.com/replaceUnready"]);
        Assert.Empty(engine.Begun.Single(one => one.Kind == "Job").Options.IgnoreChanges);
        // One pod at a time.
        Assert.Equal("Failed", (string?)job["spec"]!["podReplacementPolicy"]);
    }

    [Fact]
    public async Task What_is_asked_for_goes_into_the_note_and_into_the_Jobs_name()
    {
        var job = (await EngineOf(new MySqlClusterArgs { Restore = FromClaim })).Only("Job");
        var request = (string?)Json.Item(Json.Item(job["spec"]!["template"]!["spec"]!["containers"], "restore")["env"], "RESTORE_REQUEST")["value"];
        Assert.Matches("^[0-9a-f]{10}$", request!);
        Assert.Equal($"db-restore-{request}", (string?)job["metadata"]!["name"]);
    }

    /// <summary>Where the primary may run and, of a system that runs, where it does; but servers are kept apart from each other, and these are none.</summary>
    [Fact]
    public async Task Their_pods_run_where_a_server_may()
    {
        var nodes = new NodeAffinityArgs
        {
            RequiredDuringSchedulingIgnoredDuringExecution = new NodeSelectorArgs
            {
                NodeSelectorTerms = { new NodeSelectorTermArgs { MatchExpressions = { new NodeSelectorRequirementArgs { Key = "disk", Operator = "In", Values = { "fast" } } } } },
            },
        };
        var apart = new PodAntiAffinityArgs { RequiredDuringSchedulingIgnoredDuringExecution = { new PodAffinityTermArgs { TopologyKey = "zone" } } };
        var engine = await EngineOf(new MySqlClusterArgs { Pod = new() { Affinity = new AffinityArgs { NodeAffinity = nodes, PodAntiAffinity = apart } }, Backup = ToClaim, Restore = FromClaim });
        const string wanted = """ "nodeAffinity": { "requiredDuringSchedulingIgnoredDuringExecution": { "nodeSelectorTerms": [{ "matchExpressions": [{ "key": "disk", "operator": "In", "values": ["fast"] }] }] } } """;
        const string beside =
            """
            "podAffinity": { "preferredDuringSchedulingIgnoredDuringExecution": [
              { "weight": 100, "podAffinityTerm": { "topologyKey": "kubernetes.io/hostname", "labelSelector": { "matchLabels": {
                "app": "db", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "database", "statefulset.kubernetes.io/pod-name": "db-0" } } } },
              { "weight": 100, "podAffinityTerm": { "topologyKey": "kubernetes.io/hostname", "labelSelector": { "matchLabels": {
                "app": "old-archive", "app.kubernetes.io/instance": "old", "app.kubernetes.io/component": "archive" } } } }] }
            """;
        Json.Equal($"{{ {wanted} }}", engine.Only("CronJob")["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!["affinity"]);
        Json.Equal($"{{ {wanted}, {beside} }}", engine.Only("Job")["spec"]!["template"]!["spec"]!["affinity"]);
        var plain = await EngineOf(new MySqlClusterArgs { Backup = ToClaim, Restore = FromClaim });
        Assert.Null(plain.Only("CronJob")["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!["affinity"]);
        Json.Equal($"{{ {beside} }}", plain.Only("Job")["spec"]!["template"]!["spec"]!["affinity"]);
    }

    /// <summary>With their pods the volumes stay that they worked on, each as large as a server's.</summary>
    [Fact]
    public async Task Of_runs_that_ended_the_last_of_each_kind_stays()
    {
        var spec = (await EngineOf(new MySqlClusterArgs { Backup = ToClaim })).Only("CronJob")["spec"]!;
        Assert.Equal((1, 1), ((int?)spec["successfulJobsHistoryLimit"], (int?)spec["failedJobsHistoryLimit"]));
    }

    private static bool Selects(JsonObject selector, JsonObject labels) => selector.All(wanted => (string?)labels[wanted.Key] == (string?)wanted.Value);

    private static async Task<Engine> EngineOf(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }
}
