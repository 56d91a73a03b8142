using System.Text.Json.Nodes;
using Infra.MySql;
using Xunit;

namespace Tests.Infra;

/// <summary>What a cluster registers whose backups are snapshots, what each of their pods may do, and what a restore of one mounts.</summary>
[Collection("deployment")]
public sealed class SnapshotTests
{
    private const string Id = "20261127T023000Z";

    private static MySqlBackupArgs Backup => new() { Store = new() { SnapshotClass = "csi-snap" }, Schedule = "0 3 * * *", TimeZone = "Europe/Berlin", DeadlineHours = 2 };

    private static MySqlRestoreArgs Restore => new() { Backup = Id, System = "shop", Store = new() { SnapshotClass = "csi-snap" } };

    [Fact]
    public async Task They_come_and_go_without_a_change_of_the_servers_pods()
    {
        var without = (await EngineOf(new MySqlClusterArgs())).Only("StatefulSet");
        Json.Equal(without.ToJsonString(), (await EngineOf(new MySqlClusterArgs { Backup = Backup })).Only("StatefulSet"));
        Json.Equal(without.ToJsonString(), (await EngineOf(new MySqlClusterArgs { Restore = Restore })).Only("StatefulSet"));
    }

    [Fact]
    public async Task A_CronJob_makes_them_and_a_Deployment_without_pods_proves_them()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = Backup });
        var (maker, proof) = (engine.Only("CronJob"), engine.Only("Deployment"));
        Assert.Equal(("0 3 * * *", "Europe/Berlin", "Forbid", 7200), ((string?)maker["spec"]!["schedule"], (string?)maker["spec"]!["timeZone"], (string?)maker["spec"]!["concurrencyPolicy"], (int?)maker["spec"]!["jobTemplate"]!["spec"]!["activeDeadlineSeconds"]));
        Assert.Equal((0, "Recreate"), ((int?)proof["spec"]!["replicas"], (string?)proof["spec"]!["strategy"]!["type"]));
        // How many it has, a run says.
        Assert.Equal(["spec.replicas"], engine.Begun.Single(one => one.Kind == "Deployment").Options.IgnoreChanges);
        Json.Equal("""["bash", "/mnt/scripts/snapshot.sh"]""", Container(maker)["command"]);
        Json.Equal("""["bash", "/mnt/scripts/prove-snapshot.sh"]""", Container(proof)["command"]);
        Json.Equal("""{ "requests": { "cpu": "50m", "memory": "128Mi" } }""", Container(maker)["resources"]);
        Assert.Equal(
            ["db-backup-", "app=db-backup,app.kubernetes.io/component=snapshot,app.kubernetes.io/instance=db", "csi-snap", "data-db-0", "db-backup-proof", "db-backup-proof"],
            ((string[])["STORE_SNAPSHOTS", "STORE_LABELS", "SNAPSHOT_CLASS", "DATA_CLAIM", "PROOF_CLAIM", "PROOF_DEPLOYMENT"]).Select(name => Variable(maker, name)));
        Json.Equal("""{ "name": "data", "emptyDir": {} }""", Json.Item(Pod(maker)["volumes"], "data"));
        Json.Equal("""{ "name": "data", "persistentVolumeClaim": { "claimName": "db-backup-proof" } }""", Json.Item(Pod(proof)["volumes"], "data"));
        Assert.Empty(engine.All("PersistentVolumeClaim"));
    }

    /// <summary>Its pods log in nowhere.</summary>
    [Fact]
    public async Task No_server_lets_in_what_proves_them()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = Backup });
        var labels = engine.Only("Deployment")["spec"]!["template"]!["metadata"]!["labels"]!;
        Json.Equal("""{ "app": "db-proof", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "proof", "app.kubernetes.io/managed-by": "pulumi" }""", labels);
        Assert.DoesNotContain("proof", engine.Named("NetworkPolicy", "db").ToJsonString(), StringComparison.Ordinal);
        var policy = engine.Named("NetworkPolicy", "db-backup-proof")["spec"]!;
        Assert.Equal("db-proof", (string?)policy["podSelector"]!["matchLabels"]!["app"]);
        // Out they go to the API server, wherever that is; in comes nobody.
        Json.Equal("[{}]", policy["egress"]);
        Assert.Null(policy["ingress"]);
    }

    [Fact]
    public async Task Each_may_do_what_it_is_for_and_none_may_make_pods()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Namespace = "shop", Backup = Backup, Restore = Restore });
        Json.Equal(
            """
            [{ "apiGroups": ["snapshot.storage.k8s.io"], "resources": ["volumesnapshots"], "verbs": ["create", "delete", "get", "list"] },
             { "apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": ["create", "get"] },
             { "apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": ["delete"], "resourceNames": ["db-backup-proof"] },
             { "apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["patch"], "resourceNames": ["db-backup-proof"] }]
            """,
            engine.Named("Role", "db-backup")["rules"]);
        Json.Equal(
            """
            [{ "apiGroups": ["snapshot.storage.k8s.io"], "resources": ["volumesnapshots"], "verbs": ["get", "patch"] },
             { "apiGroups": [""], "resources": ["persistentvolumeclaims"], "verbs": ["get"], "resourceNames": ["db-backup-proof"] }]
            """,
            engine.Named("Role", "db-backup-proof")["rules"]);
        Json.Equal("""[{ "apiGroups": ["snapshot.storage.k8s.io"], "resources": ["volumesnapshots"], "verbs": ["get"], "resourceNames": ["shop-backup-20261127t023000z"] }]""", engine.Named("Role", "db-restore")["rules"]);
        foreach (var name in (string[])["db-backup", "db-backup-proof", "db-restore"])
        {
            Assert.Equal(false, (bool?)engine.Named("ServiceAccount", name)["automountServiceAccountToken"]);
            var binding = engine.Named("RoleBinding", name);
            Json.Equal($$"""{ "apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "{{name}}" }""", binding["roleRef"]);
            Json.Equal($$"""[{ "kind": "ServiceAccount", "name": "{{name}}", "namespace": "shop" }]""", binding["subjects"]);
        }

        Assert.Equal(
            ["db-backup", "db-backup-proof", "db-restore"],
            ((JsonObject[])[Pod(engine.Named("CronJob", "db-backup")), Pod(engine.Only("Deployment")), Pod(engine.Only("Job"))]).Select(pod => (string?)pod["serviceAccountName"]));
        Assert.Equal(true, (bool?)Pod(engine.Only("Job"))["automountServiceAccountToken"]);
        Assert.Equal(false, (bool?)Pod(engine.Only("StatefulSet"))["automountServiceAccountToken"]);
    }

    [Fact]
    public async Task Their_pods_are_restricted_as_the_servers_are()
    {
        var engine = await EngineOf(new MySqlClusterArgs { Backup = Backup, Restore = Restore });
        var server = Pod(engine.Only("StatefulSet"));
        Assert.All((JsonObject[])[engine.Named("CronJob", "db-backup"), engine.Only("Deployment"), engine.Only("Job")], owner =>
        {
            Json.Equal(server["securityContext"]!.ToJsonString(), Pod(owner)["securityContext"]);
            Json.Equal(server["containers"]![0]!["securityContext"]!.ToJsonString(), Container(owner)["securityContext"]);
        });
    }

    /// <summary>Made for the pod, and gone with it; it is read and not written.</summary>
    [Fact]
    public async Task A_restore_mounts_a_volume_that_is_made_from_the_snapshot()
    {
        var job = (await EngineOf(new MySqlClusterArgs { Storage = "20Gi", StorageClass = "fast", Restore = Restore })).Only("Job");
        Json.Equal(
            """
            { "accessModes": ["ReadWriteOnce"], "storageClassName": "fast", "resources": { "requests": { "storage": "20Gi" } },
              "dataSource": { "apiGroup": "snapshot.storage.k8s.io", "kind": "VolumeSnapshot", "name": "shop-backup-20261127t023000z" } }
            """,
            Json.Item(Pod(job)["volumes"], "snapshot")["ephemeral"]!["volumeClaimTemplate"]!["spec"]);
        Json.Equal("""{ "name": "snapshot", "mountPath": "/mnt/snapshot", "readOnly": true }""", Json.Item(Container(job)["volumeMounts"], "snapshot"));
        Assert.Equal(("shop-backup-", "app=shop-backup,app.kubernetes.io/component=snapshot,app.kubernetes.io/instance=shop", "shop"), (Variable(job, "STORE_SNAPSHOTS"), Variable(job, "STORE_LABELS"), Variable(job, "STORE_SYSTEM")));
    }

    [Fact]
    public void Two_systems_of_a_namespace_may_not_share_the_names_of_their_policies() =>
        Assert.Equal(["db", "db-backup", "db-backup-proof"], new MySqlClusterArgs { Backup = Backup }.PolicyNames("db"));

    private static JsonObject Pod(JsonObject owner) => ((owner["spec"]!["jobTemplate"]?["spec"] ?? owner["spec"]!)["template"]!["spec"] as JsonObject)!;

    private static JsonObject Container(JsonObject owner) => (JsonObject)Pod(owner)["containers"]![0]!;

    private static string? Variable(JsonObject owner, string name) => (string?)Json.Item(Container(owner)["env"], name)["value"];

    private static async Task<Engine> EngineOf(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("db", args); });
        return engine;
    }
}
