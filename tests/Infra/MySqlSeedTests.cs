using System.Text.Json.Nodes;
using Infra.MySql;
using Infra.MySql.Profiles;
using Xunit;

namespace Tests.Infra;

/// <summary>Every value of the document that the MySQL system comes from.</summary>
[Collection("deployment")]
public sealed class MySqlSeedTests : IAsyncLifetime
{
    // The document's own label, and those by which nobody else's pod is taken for one of these.
    private const string Selector =
        """{ "app": "mysql", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/instance": "mysql", "app.kubernetes.io/component": "database" }""";

    private static readonly string Labels = Selector.Replace(" }", """, "app.kubernetes.io/managed-by": "pulumi" }""", StringComparison.Ordinal);

    private readonly Engine engine = new();

    private JsonNode Spec => engine.Only("StatefulSet")["spec"]!;

    private JsonNode Pod => Spec["template"]!["spec"]!;

    private JsonObject Server => Json.Item(Pod["containers"], "mysql");

    private JsonObject Sidecar => Json.Item(Pod["containers"], "xtrabackup");

    public Task InitializeAsync() => engine.RunAsync(() => { _ = new MySqlCluster("mysql", new MySqlClusterArgs { Profile = MySqlProfiles.MySql57, ProbeTimeoutSeconds = 1 }); });

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void The_headless_Service_is_mysql()
    {
        var service = engine.Named("Service", "mysql");
        Json.Equal(Labels, service["metadata"]!["labels"]);
        Json.Equal(
            $$"""
            {
              "clusterIP": "None",
              "selector": {{Selector}},
              "ports": [{ "name": "mysql", "port": 3306, "targetPort": "mysql" }],
              "publishNotReadyAddresses": true
            }
            """,
            service["spec"]);
    }

    [Fact]
    public void The_read_Service_is_mysql_read_over_ready_pods()
    {
        var service = engine.Named("Service", "mysql-read");
        Json.Equal(Labels, service["metadata"]!["labels"]);
        Json.Equal($$"""{ "selector": {{Selector}}, "ports": [{ "name": "mysql", "port": 3306, "targetPort": "mysql" }] }""", service["spec"]);
    }

    [Fact]
    public void There_is_no_other_Service() => Assert.Equal(2, engine.All("Service").Count);

    [Fact]
    public void The_StatefulSet_is_mysql_with_three_ordered_replicas()
    {
        Assert.Equal("mysql", engine.Only("StatefulSet")["metadata"]!["name"]!.GetValue<string>());
        Assert.Equal("mysql", Spec["serviceName"]!.GetValue<string>());
        Assert.Equal(3, Spec["replicas"]!.GetValue<int>());
        Assert.Equal("OrderedReady", Spec["podManagementPolicy"]!.GetValue<string>());
        Json.Equal($$"""{ "matchLabels": {{Selector}} }""", Spec["selector"]);
        Json.Equal(Labels, Spec["template"]!["metadata"]!["labels"]);
    }

    [Fact]
    public void Every_pod_claims_10Gi_of_its_own() => Json.Equal(
        """
        [{
          "metadata": { "name": "data" },
          "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "10Gi" } } }
        }]
        """,
        Spec["volumeClaimTemplates"]);

    [Fact]
    public void Configuration_comes_first_then_data_then_the_server_with_its_sidecar()
    {
        Assert.Equal(["init-mysql", "clone-mysql"], Json.Names(Pod["initContainers"]));
        Assert.Equal(["mysql", "xtrabackup"], Json.Names(Pod["containers"]));
    }

    [Theory]
    [InlineData("init-mysql", "mysql:5.7")]
    [InlineData("clone-mysql", "gcr.io/google-samples/xtrabackup:1.0")]
    [InlineData("mysql", "mysql:5.7")]
    [InlineData("xtrabackup", "gcr.io/google-samples/xtrabackup:1.0")]
    public void A_container_runs_the_image_of_its_role(string container, string image) =>
        Assert.Equal(image, Container(container)["image"]!.GetValue<string>());

    [Theory]
    [InlineData("mysql", "data", "/var/lib/mysql", "mysql")]
    [InlineData("mysql", "conf", "/etc/mysql/conf.d", null)]
    [InlineData("xtrabackup", "data", "/var/lib/mysql", "mysql")]
    [InlineData("xtrabackup", "conf", "/etc/mysql/conf.d", null)]
    [InlineData("clone-mysql", "conf", "/etc/mysql/conf.d", null)]
    [InlineData("init-mysql", "conf", "/mnt/conf.d", null)]
    [InlineData("init-mysql", "config-map", "/mnt/config-map", null)]
    public void A_container_finds_its_files_where_the_document_puts_them(string container, string volume, string path, string? subPath)
    {
        var mount = Json.Item(Container(container)["volumeMounts"], volume);
        Assert.Equal(path, mount["mountPath"]!.GetValue<string>());
        Assert.Equal(subPath, mount["subPath"]?.GetValue<string>());
    }

    [Fact]
    public void Seeding_finds_the_data_directory_and_the_volume_beside_it()
    {
        var mounts = Container("clone-mysql")["volumeMounts"]!.AsArray().Where(mount => mount!["name"]!.GetValue<string>() == "data");
        Assert.Equal(
            [("/var/lib/mysql", "mysql"), ("/mnt/data", null)],
            mounts.Select(mount => (mount!["mountPath"]!.GetValue<string>(), mount["subPath"]?.GetValue<string>())));
    }

    [Fact]
    public void The_server_listens_on_3306_and_the_sidecar_on_3307()
    {
        Json.Equal("""[{ "name": "mysql", "containerPort": 3306 }]""", Server["ports"]);
        Json.Equal("""[{ "name": "xtrabackup", "containerPort": 3307 }]""", Sidecar["ports"]);
    }

    [Fact]
    public void The_server_asks_for_half_a_core_and_1Gi() => Json.Equal("""{ "requests": { "cpu": "500m", "memory": "1Gi" } }""", Server["resources"]);

    [Fact]
    public void Liveness_is_a_ping() => Json.Equal(
        """
        {
          "exec": { "command": ["mysqladmin", "--defaults-extra-file=/etc/mysql/conf.d/health.client", "ping"] },
          "initialDelaySeconds": 30, "periodSeconds": 10, "timeoutSeconds": 5
        }
        """,
        Server["livenessProbe"]);

    [Fact]
    public void Readiness_keeps_the_times_of_the_document() => Json.Equal(
        """{ "exec": { "command": ["bash", "/mnt/scripts/ready.sh"] }, "initialDelaySeconds": 5, "periodSeconds": 2, "timeoutSeconds": 1 }""",
        Server["readinessProbe"]);

    [Theory]
    [InlineData("init-mysql", "init-mysql.sh")]
    [InlineData("clone-mysql", "clone-mysql.sh")]
    [InlineData("xtrabackup", "sidecar.sh")]
    public void A_container_runs_a_script_of_its_own(string container, string script) =>
        Json.Equal($$"""["bash", "/mnt/scripts/{{script}}"]""", Container(container)["command"]);

    [Fact]
    public void The_server_starts_by_its_image() => Assert.Null(Server["command"]);

    [Theory]
    [InlineData("PRIMARY_HOST", "mysql-0.mysql")]
    [InlineData("HEADLESS_SERVICE", "mysql")]
    [InlineData("SERVER_ID_BASE", "100")]
    [InlineData("MYSQL_PORT", "3306")]
    [InlineData("BACKUP_PORT", "3307")]
    [InlineData("MAX_LAG_SECONDS", "30")]
    [InlineData("MAX_AWAY_SECONDS", "0")]
    [InlineData("SEED_TIMEOUT_SECONDS", "600")]
    [InlineData("SEED_STALL_SECONDS", "120")]
    [InlineData("PROBE_TIMEOUT_SECONDS", "1")]
    public void Every_container_is_told_the_same(string variable, string value)
    {
        foreach (var container in new[] { "init-mysql", "clone-mysql", "mysql", "xtrabackup" })
        {
            Assert.Equal(value, Json.Item(Container(container)["env"], variable)["value"]!.GetValue<string>());
        }
    }

    [Fact]
    public void Every_container_is_told_all_that_a_script_asks_for()
    {
        using var scripts = new ProfileScripts(MySqlProfile.MySql57);
        var asked = Directory.EnumerateFiles(scripts.Folder, "*.sh")
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("require_environment ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ').Skip(1))
            .Distinct();
        var told = Json.Names(Server["env"]);
        Assert.All(asked, name => Assert.Contains(name, told));
    }

    [Fact]
    public void The_configuration_is_the_primarys_and_the_replicas_and_the_scripts()
    {
        var configMap = engine.Configuration;
        Assert.True(configMap["immutable"]!.GetValue<bool>());
        Assert.Matches("^mysql-[0-9a-f]{10}$", configMap["metadata"]!["name"]!.GetValue<string>());
        var keys = configMap["data"]!.AsObject().Select(pair => pair.Key).Order().ToList();
        Assert.Equal(["master.cnf", "slave.cnf"], keys.Where(key => key.EndsWith(".cnf", StringComparison.Ordinal)));
        Assert.All(["init-mysql.sh", "clone-mysql.sh", "sidecar.sh", "ready.sh", "started.sh", "status.sh"], script => Assert.Contains(script, keys));
    }

    [Fact]
    public void The_pods_read_that_very_ConfigMap()
    {
        var name = engine.Configuration["metadata"]!["name"]!.GetValue<string>();
        Assert.Equal(name, Json.Item(Pod["volumes"], "config-map")["configMap"]!["name"]!.GetValue<string>());
        Assert.Equal(name, Json.Item(Pod["volumes"], "scripts")["configMap"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void Every_user_has_a_random_password_in_one_Secret()
    {
        var secret = engine.Only("Secret");
        Assert.Equal("mysql-credentials", secret["metadata"]!["name"]!.GetValue<string>());
        Json.Equal(
            """
            {
              "root-password": "password of mysql-root",
              "replication-password": "password of mysql-replication",
              "health-password": "password of mysql-health",
              "backup-password": "password of mysql-backup"
            }
            """,
            secret["stringData"]);
        Json.Equal("""{ "secretName": "mysql-credentials", "defaultMode": 288 }""", Json.Item(Pod["volumes"], "credentials")["secret"]);
    }

    [Fact]
    public void No_password_stands_in_the_pod() =>
        Assert.DoesNotContain("password of", engine.Only("StatefulSet").ToJsonString(), StringComparison.Ordinal);

    private JsonObject Container(string name) =>
        Json.Item(new JsonArray([.. Pod["initContainers"]!.AsArray().Concat(Pod["containers"]!.AsArray()).Select(container => container!.DeepClone())]), name);
}
