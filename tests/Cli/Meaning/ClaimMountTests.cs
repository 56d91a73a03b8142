using Cli.Meaning;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Meaning;

/// <summary>Where the containers of pods find their claims, and what it means that they find them elsewhere.</summary>
public sealed class ClaimMountTests
{
    private const string Pod = "spec.template.spec";

    /// <summary>The MySQL set with its volume mounted, in the server and in what stands beside it.</summary>
    private static readonly Manifest MySql = Sets.With(
        Sets.With(Sets.MySql, $"{Pod}.containers.0.volumeMounts", """[{ "name": "data", "mountPath": "/var/lib/mysql", "subPath": "mysql" }, { "name": "config-map", "mountPath": "/etc/mysql/conf.d" }]"""),
        $"{Pod}.containers.1.volumeMounts", """[{ "name": "data", "mountPath": "/var/lib/mysql", "subPath": "mysql" }]""");

    private static readonly Manifest Etcd = Sets.With(
        Sets.Other, $"{Pod}.containers",
        """
        [
          { "name": "etcd", "image": "etcd:3.5.1", "args": ["--data-dir=/data"], "env": [{ "name": "A", "value": "1" }], "volumeMounts": [{ "name": "data", "mountPath": "/data" }] },
          { "name": "exporter", "image": "exporter:1.0", "args": ["--quiet"] }
        ]
        """);

    private static readonly Manifest Deployment = Manifest.Parse("""
        { "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "files" },
          "spec": { "template": { "spec": {
            "containers": [{ "name": "files", "image": "files:1", "volumeMounts": [{ "name": "store", "mountPath": "/data" }, { "name": "tmp", "mountPath": "/tmp" }] }],
            "volumes": [{ "name": "store", "persistentVolumeClaim": { "claimName": "a" } }, { "name": "tmp", "emptyDir": { } }]
          } } } }
        """);

    [Theory]
    [InlineData("volumeMounts.0.subPath", "\"data\"", ", but at /var/lib/mysql (subPath data)")]
    [InlineData("volumeMounts.0.subPath", null, ", but at /var/lib/mysql")]
    [InlineData("volumeMounts.0.mountPath", "\"/data\"", ", but at /data (subPath mysql)")]
    [InlineData("volumeMounts.0", null, "")]
    [InlineData("volumeMounts", null, "")]
    public void A_claim_that_is_mounted_elsewhere_leaves_the_server_EMPTY(string field, string? value, string where)
    {
        var change = Change(MySql, $"{Pod}.containers.0.{field}", value);
        Assert.Equal(Tier.DataAtRisk, change.Tier);
        Assert.Contains(
            $"container mysql: claim data is no longer mounted at /var/lib/mysql (subPath mysql){where}: its program starts EMPTY beside the data, which stay in the claim", DifferenceText.Sentences(change));
        Assert.Contains("leave mountPath and subPath of the claim as they are", DifferenceText.Safely(change));
    }

    [Theory]
    [InlineData("containers.0.volumeMounts.1.mountPath", "\"/etc/mysql\"")]
    [InlineData("containers.0.volumeMounts.0.mountPath", "\"/var/lib/mysql/\"")]
    [InlineData("containers.0.volumeMounts.2", """{ "name": "data", "mountPath": "/backup", "subPath": "backup" }""")]
    [InlineData("containers.0.env.0.value", "\"CET\"")]
    [InlineData("containers.1", null)]
    [InlineData("initContainers", """[{ "name": "init", "volumeMounts": [{ "name": "data", "mountPath": "/mnt/data" }] }]""")]
    public void Every_other_mount_rolls_the_pods(string field, string? value) => Assert.Equal(Tier.PodsRoll, Change(MySql, $"{Pod}.{field}", value).Tier);

    [Fact]
    public void An_init_container_that_prepares_another_place_is_unknown()
    {
        var set = Sets.With(MySql, $"{Pod}.initContainers", """[{ "name": "init", "volumeMounts": [{ "name": "data", "mountPath": "/mnt/data" }] }]""");
        Assert.Equal(Tier.Unknown, Change(set, $"{Pod}.initContainers.0.volumeMounts.0.subPath", "\"x\"").Tier);
        Assert.Equal(Tier.PodsRoll, Change(set, $"{Pod}.initContainers", null).Tier);
    }

    [Fact]
    public void A_claim_that_no_container_mounts_any_more_is_data_at_risk() =>
        Assert.Equal(Tier.DataAtRisk, Change(Sets.With(MySql, $"{Pod}.containers.1", null), $"{Pod}.containers.0.volumeMounts", null).Tier);

    [Theory]
    [InlineData("""{ "name": "mysql", "image": "mysql:8.4" }""", "data at risk")]
    [InlineData("""{ "name": "server", "image": "postgres:17", "volumeMounts": [{ "name": "data", "mountPath": "/var/lib/mysql", "subPath": "mysql" }] }""", "unknown")]
    [InlineData("""{ "name": "server", "image": "mysql:8.4", "volumeMounts": [{ "name": "data", "mountPath": "/var/lib/mysql", "subPath": "mysql" }] }""", "pods roll")]
    [InlineData("""{ "name": "server", "image": "mysql:8.4", "volumeMounts": [{ "name": "data", "mountPath": "/data" }] }""", "unknown")]
    public void A_container_that_takes_the_place_of_one_with_a_claim(string container, string tier)
    {
        var change = Change(MySql, $"{Pod}.containers.0", container);
        Assert.Equal(tier, change.Tier.Word());
        Assert.Equal(
            tier == "unknown", DifferenceText.Sentences(change).Contains("container mysql, which has claim data mounted, goes and server comes: whether it finds and reads what the one before it wrote is not known"));
    }

    [Fact]
    public void A_claim_that_goes_with_its_last_container_is_data_at_risk() =>
        Assert.Equal(Tier.DataAtRisk, Change(Etcd, $"{Pod}.containers.0", null).Tier);

    [Fact]
    public void In_another_order_containers_still_change_as_gravely_as_they_do()
    {
        var change = Assert.Single(ManifestDifference.Between([MySql], [Sets.With(MySql, $"{Pod}.containers", """[{ "name": "replication", "image": "mysql:8.4" }, { "name": "mysql", "image": "mysql:8.0" }]""")]));
        Assert.Equal(Tier.DataAtRisk, change.Tier);
        Assert.Contains("8.4 -> 8.0 is a way down: a server does not read data that a later one has written, and does not start on them", DifferenceText.Sentences(change));
        Assert.Contains("containers in another order", change.Causes.Select(cause => cause.Text));
        Assert.Contains("containers[mysql].image mysql:8.4 -> mysql:8.0", change.Causes.Select(cause => cause.Text));
    }

    [Theory]
    [InlineData("containers.0.args", "[\"--data-dir=/elsewhere\"]", "unknown")]
    [InlineData("containers.0.command", "[\"sh\"]", "unknown")]
    [InlineData("containers.0.env.0.value", "\"2\"", "unknown")]
    [InlineData("containers.0.envFrom", """[{ "configMapRef": { "name": "x" } }]""", "unknown")]
    [InlineData("containers.0.resources", """{ "requests": { "cpu": "1" } }""", "pods roll")]
    [InlineData("containers.1.args", "[]", "pods roll")]
    public void Where_another_program_keeps_its_data_may_be_among_what_it_is_told(string field, string value, string tier)
    {
        var change = Change(Etcd, $"{Pod}.{field}", value);
        Assert.Equal(tier, change.Tier.Word());
        Assert.Equal(tier == "unknown", DifferenceText.Sentences(change).Contains("where the program keeps its data may be among it"));
        Assert.Equal(Tier.PodsRoll, Change(Sets.With(Etcd, "spec.volumeClaimTemplates", null), $"{Pod}.{field}", value).Tier);
    }

    [Theory]
    [InlineData("volumes.0.persistentVolumeClaim.claimName", "\"b\"", "data at risk")]
    [InlineData("volumes.0", """{ "name": "store", "emptyDir": { } }""", "data at risk")]
    [InlineData("containers.0.volumeMounts.0.subPath", "\"x\"", "data at risk")]
    [InlineData("containers.0.volumeMounts.1.subPath", "\"x\"", "pods roll")]
    [InlineData("volumes.1.emptyDir", """{ "medium": "Memory" }""", "pods roll")]
    [InlineData("containers.0.image", "\"files:2\"", "pods roll")]
    public void A_Deployment_with_a_claim(string field, string value, string tier) => Assert.Equal(tier, Change(Deployment, $"{Pod}.{field}", value).Tier.Word());

    [Fact]
    public void Another_claim_in_the_place_of_one_is_named() => Assert.Contains(
        "container files: claim a is no longer mounted at /data, but claim b: its program starts EMPTY beside the data, which stay in the claim",
        DifferenceText.Sentences(Change(Deployment, $"{Pod}.volumes.0.persistentVolumeClaim.claimName", "\"b\"")));

    [Fact]
    public void A_set_may_have_claims_besides_those_of_its_templates()
    {
        var set = Sets.With(Sets.Stateless, $"{Pod}.containers.0.volumeMounts", """[{ "name": "store", "mountPath": "/data" }]""");
        set = Sets.With(set, $"{Pod}.volumes", """[{ "name": "store", "persistentVolumeClaim": { "claimName": "a" } }]""");
        Assert.Equal(Tier.DataAtRisk, Change(set, $"{Pod}.volumes.0.persistentVolumeClaim.claimName", "\"b\"").Tier);
    }

    private static ObjectChange Change(Manifest before, string path, string? value) => Assert.Single(ManifestDifference.Between([before], [Sets.With(before, path, value)]));
}
