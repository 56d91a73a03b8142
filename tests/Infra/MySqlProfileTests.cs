using Infra.MySql;
using Infra.MySql.Profiles;
using Pulumi;
using Xunit;

namespace Tests.Infra;

[Collection("deployment")]
public sealed class MySqlProfileTests
{
    private static readonly string[] Shared =
    [
        "clone-mysql.sh", "events.sh", "exporter.sh", "health.sh", "init-mysql.sh", "lib.sh", "peers.sh", "ready.sh", "replication.sh", "root-hosts.sh", "root-password.sh", "scratch-server.sh",
        "sidecar.sh", "source.sh", "sql.sh", "started.sh", "status.sh", "tls.sh", "transfer.sh", "users.sh",
    ];

    private static readonly string[] OfXtrabackup =
        ["backup-server.sh", "channel.sh", "coordinates.sh", "fetch.sh", "following.sh", "proof.sh", "seeding.sh", "serve-backup.sh"];

    private static readonly string[] OfClone = ["donor.sh", "fetch.sh", "following.sh", "lost-primary.sh", "seeding.sh"];

    private static readonly string[] OfEachDialect = ["accounts.sh", "words.sh"];

    private static readonly string[] Mounted = ["config-map", "scripts"];

    public static TheoryData<string, string[]> Files => new()
    {
        { "mysql-5.7", ["master.cnf", "slave.cnf", .. Shared, .. OfXtrabackup, .. OfEachDialect] },
        { "mysql-8.4", ["primary.cnf", "replica.cnf", .. Shared, .. OfClone, .. OfEachDialect] },
        { "mysql-9.7", ["primary.cnf", "replica.cnf", .. Shared, .. OfClone, .. OfEachDialect] },
    };

    public static TheoryData<string> Profiles => [.. MySqlProfile.All.Select(profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Its_pods_carry_its_files_and_no_other(string profile, string[] files)
    {
        var engine = await RunAsync(new MySqlClusterArgs { Profile = profile });
        Assert.Equal(files.Order(StringComparer.Ordinal), engine.Configuration["data"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
        var volumes = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!["volumes"]!;
        var mounted = Mounted
            .SelectMany(volume => Json.Item(volumes, volume)["configMap"]!["items"]!.AsArray())
            .Select(item => item!["path"]!.GetValue<string>());
        Assert.Equal(files.Order(StringComparer.Ordinal), mounted.Order(StringComparer.Ordinal));
    }

    /// <summary>A ConfigMap knows no folders: two files of one name would be one.</summary>
    [Theory]
    [MemberData(nameof(Profiles))]
    public void No_two_of_its_files_have_one_name(string profile)
    {
        var found = MySqlProfile.Find(profile)!;
        var keys = MySqlConfiguration.ConfigFiles(found).Concat(MySqlConfiguration.ScriptFiles(found)).Select(MySqlConfiguration.KeyOf).ToList();
        Assert.Equal(keys.Distinct(), keys);
    }

    [Theory]
    [InlineData("mysql-5.7", "mysql:5.7", "xtrabackup", 3307)]
    [InlineData("mysql-8.4", "mysql:8.4", "replication", null)]
    [InlineData("mysql-9.7", "mysql:9.7", "replication", null)]
    public async Task Its_pods_run_its_server_and_its_sidecar(string profile, string image, string sidecar, int? backupPort)
    {
        var pod = (await RunAsync(new MySqlClusterArgs { Profile = profile })).Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        Assert.Equal(["init-mysql", "clone-mysql"], Json.Names(pod["initContainers"]));
        Assert.Equal(["mysql", sidecar], Json.Names(pod["containers"]));
        Assert.Equal(image, Json.Item(pod["containers"], "mysql")["image"]!.GetValue<string>());
        var container = Json.Item(pod["containers"], sidecar);
        Assert.Equal(backupPort, container["ports"]?[0]?["containerPort"]?.GetValue<int>());
        Assert.Equal(backupPort is not null, Json.Names(container["env"]).Contains("BACKUP_PORT"));
    }

    [Theory]
    [InlineData("mysql-5.7", 5)]
    [InlineData("mysql-8.4", null)]
    [InlineData("mysql-9.7", null)]
    public async Task Readiness_is_asked_for_as_soon_as_the_server_has_started_unless_the_document_has_it_wait(string profile, int? delay)
    {
        var engine = await RunAsync(new MySqlClusterArgs { Profile = profile });
        var server = Json.Item(engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!["containers"]!, "mysql");
        Assert.Equal(delay, server["readinessProbe"]!["initialDelaySeconds"]?.GetValue<int>());
    }

    [Theory]
    [InlineData("mysql-8.4")]
    [InlineData("mysql-9.7")]
    public async Task Semi_sync_is_part_of_both_roles_configuration(string profile)
    {
        var data = (await RunAsync(new MySqlClusterArgs { Profile = profile, Durability = MySqlDurability.SemiSync })).Configuration["data"]!;
        Assert.All(
            ["primary.cnf", "replica.cnf"],
            file => Assert.Contains("loose-rpl-semi-sync-source-enabled = ON", data[file]!.GetValue<string>().Split('\n')));
    }

    [Fact]
    public async Task Semi_sync_is_refused_where_there_is_none()
    {
        var refused = await Assert.ThrowsAsync<RunException>(
            () => RunAsync(new MySqlClusterArgs { Profile = MySqlProfiles.MySql57, Durability = MySqlDurability.SemiSync }));
        Assert.Contains("mysql-5.7 does not offer semi-sync; mysql-8.4 and mysql-9.7 do", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_image_of_tools_is_refused_where_there_are_none()
    {
        var refused = await Assert.ThrowsAsync<RunException>(() => RunAsync(new MySqlClusterArgs { Images = new MySqlImagesArgs { Xtrabackup = "tools:1" } }));
        Assert.Contains("mysql-8.4 has no use for it: its server seeds others by itself; only mysql-5.7 takes it", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<Engine> RunAsync(MySqlClusterArgs args)
    {
        var engine = new Engine();
        await engine.RunAsync(() => { _ = new MySqlCluster("mysql", args); });
        return engine;
    }
}
