using Cli.Manifests;
using Cli.Meaning;
using Lab.Manifests;
using Xunit;
using Action = Cli.Meaning.Action;

namespace Tests.Cli.Meaning;

public sealed class ManifestDifferenceTests
{
    private static readonly Manifest Secret = Manifest.Parse("""{ "kind": "Secret", "metadata": { "name": "db-credentials" }, "stringData": { "root-password": "old" } }""");
    private static readonly Manifest Config = Sets.Config("db-0123456789", "max_connections = 100");

    [Fact]
    public void Nothing_before_means_everything_is_made_and_nothing_restarts() => Assert.Equal(
        [(Action.Create, "Secret", Tier.NothingRestarts), (Action.Create, "ConfigMap", Tier.NothingRestarts), (Action.Create, "StatefulSet", Tier.NothingRestarts)],
        ManifestDifference.Between([], [Secret, Config, Sets.MySql]).Select(change => (change.Action, change.Kind, change.Tier)));

    [Fact]
    public void The_same_objects_stay() =>
        Assert.All(ManifestDifference.Between([Secret, Config, Sets.MySql], [Secret, Config, Sets.MySql]), change => Assert.Equal(Action.Same, change.Action));

    [Fact]
    public void A_number_is_the_same_however_it_is_written() =>
        Assert.Equal(Action.Same, Only(Sets.MySql, Sets.With(Sets.MySql, "spec.replicas", "3.0")).Action);

    [Fact]
    public void A_ConfigMap_of_other_content_takes_the_place_of_the_old_one_and_shows_its_lines()
    {
        var change = Only(Config, Sets.Config("db-abcdef0123", "max_connections = 300"));
        Assert.Equal((Action.Replace, "db-abcdef0123", "db-0123456789", Tier.NothingRestarts), (change.Action, change.Name, change.Was, change.Tier));
        Assert.Equal(["primary.cnf: - max_connections = 100", "primary.cnf: + max_connections = 300"], change.Causes.Select(cause => cause.Text));
        Assert.Equal(["named after its content: it is made before pods roll, and the one before it goes when they have"], Says(change));
    }

    [Fact]
    public void ConfigMaps_of_other_names_are_not_taken_for_one() =>
        Assert.Equal([Action.Create, Action.Delete], ManifestDifference.Between([Config], [Sets.Config("other-abcdef0123", "a = 1")]).Select(change => change.Action));

    [Fact]
    public void A_changed_password_is_named_and_never_shown()
    {
        var change = Only(Secret, Sets.With(Secret, "stringData.root-password", "\"new\""));
        Assert.Equal((Action.Replace, Tier.NothingRestarts), (change.Action, change.Tier));
        Assert.Equal(["root-password changed"], change.Causes.Select(cause => cause.Text));
        var everything = DifferenceJson.Write("a", "b", [change]) + DifferenceMarkdown.Write("a", [change]) + string.Join('\n', DifferenceText.Lines([change]));
        Assert.DoesNotContain("old", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("\"new", everything, StringComparison.Ordinal);
    }

    [Fact]
    public void A_Secret_says_the_same_as_text_and_in_base64() =>
        Assert.Equal(Action.Same, Only(Secret, Manifest.Parse("""{ "kind": "Secret", "metadata": { "name": "db-credentials" }, "data": { "root-password": "b2xk" } }""")).Action);

    [Fact]
    public void A_password_that_one_side_masks_is_not_known_to_differ()
    {
        Assert.Equal(Action.Same, Only(Secret, SecretMask.Apply(Secret)).Action);
        Assert.Equal(Action.Same, Only(SecretMask.Apply(Secret), Secret).Action);
    }

    [Fact]
    public void A_field_of_a_kind_that_nobody_knows_is_unknown()
    {
        var before = Manifest.Parse("""{ "apiVersion": "example.com/v1", "kind": "Database", "metadata": { "name": "x" }, "spec": { "size": 1 } }""");
        var change = Only(before, Sets.With(before, "spec.size", "2"));
        Assert.Equal((Action.Update, Tier.Unknown), (change.Action, change.Tier));
        Assert.Equal(["Database (example.com/v1) is a kind that the table does not have"], Says(change));
    }

    [Fact]
    public void A_kind_of_a_known_name_in_another_group_is_another_kind()
    {
        var before = Manifest.Parse("""{ "apiVersion": "serving.knative.dev/v1", "kind": "Service", "metadata": { "name": "x" }, "spec": { "type": "a" } }""");
        Assert.Equal(Tier.Unknown, Only(before, Sets.With(before, "spec.type", "\"b\"")).Tier);
    }

    [Fact]
    public void A_field_that_the_table_lacks_is_unknown()
    {
        var change = Only(Sets.MySql, Sets.With(Sets.MySql, "spec.somethingNew", "true"));
        Assert.Equal(Tier.Unknown, change.Tier);
        Assert.Equal(["what spec.somethingNew of a StatefulSet does is not in the table"], Says(change));
    }

    [Fact]
    public void A_field_of_the_template_that_the_table_lacks_rolls_the_pods() =>
        Assert.Equal(Tier.PodsRoll, Only(Sets.MySql, Sets.With(Sets.MySql, "spec.template.spec.somethingNew", "true")).Tier);

    [Fact]
    public void What_is_not_known_yet_is_never_called_safe()
    {
        var change = Only(Sets.MySql, Sets.With(Sets.MySql, "spec.minReadySeconds", $"\"{PulumiValues.Unknown}\""));
        Assert.Equal(Tier.Unknown, change.Tier);
        Assert.Equal(["minReadySeconds (none) -> (not known yet)"], change.Causes.Select(cause => cause.Text));
    }

    [Fact]
    public void A_live_object_is_compared_in_what_the_other_side_names()
    {
        var live = Sets.With(Sets.With(Sets.With(Sets.MySql, "metadata.uid", "\"1\""), "spec.template.spec.dnsPolicy", "\"ClusterFirst\""), "status", """{ "replicas": 3 }""");
        Assert.Equal(Action.Same, Only(live, Sets.MySql).Action);
        Assert.Equal(["replicas 3 -> 5"], Only(live, Sets.With(Sets.MySql, "spec.replicas", "5")).Causes.Select(cause => cause.Text));
    }

    /// <summary>A reference to a field is one value to the server, which writes its default into what pulumi has put there.</summary>
    [Theory]
    [InlineData("fieldRef", """{ "fieldPath": "metadata.namespace" }""", """{ "fieldPath": "metadata.namespace", "apiVersion": "v1" }""", true)]
    [InlineData("fieldRef", """{ "fieldPath": "metadata.namespace" }""", """{ "fieldPath": "metadata.namespace", "apiVersion": "v2" }""", false)]
    [InlineData("fieldRef", """{ "fieldPath": "metadata.namespace", "apiVersion": "v2" }""", """{ "fieldPath": "metadata.namespace", "apiVersion": "v1" }""", false)]
    [InlineData("fieldRef", """{ "fieldPath": "metadata.name" }""", """{ "fieldPath": "metadata.namespace", "apiVersion": "v1" }""", false)]
    [InlineData("resourceFieldRef", """{ "resource": "limits.cpu" }""", """{ "resource": "limits.cpu", "divisor": "0" }""", true)]
    [InlineData("resourceFieldRef", """{ "resource": "limits.cpu" }""", """{ "resource": "limits.cpu", "divisor": "1m" }""", false)]
    [InlineData("secretKeyRef", """{ "name": "a", "key": "b" }""", """{ "name": "a", "key": "b", "apiVersion": "v1" }""", false)]
    public void A_default_in_a_section_that_is_pulumis_as_a_whole_is_no_change(string section, string wanted, string live, bool same)
    {
        const string Owned = """{ "f:spec": { "f:template": { "f:spec": { "f:containers": { "k:{\"name\":\"mysql\"}": { "f:env": { "k:{\"name\":\"PLACE\"}": { ".": {}, "f:name": {}, "f:valueFrom": { "f:§": {} } } } } } } } } }""";
        var there = Sets.With(
            Sets.With(Live(With(live)), "metadata.managedFields", $$"""[{ "manager": "pulumi-kubernetes-1a2b", "fieldsV1": {{Owned.Replace("§", section, StringComparison.Ordinal)}} }]"""), "metadata.uid", "\"1\"");
        Assert.Equal(same, Only(there, With(wanted)).Action == Action.Same);

        Manifest With(string source) => Sets.With(Sets.MySql, "spec.template.spec.containers.0.env", $$"""[{ "name": "PLACE", "valueFrom": { "{{section}}": {{source}} } }]""");
    }

    /// <summary>What the other side leaves out is judged by what is live all the same.</summary>
    [Fact]
    public void A_live_object_is_judged_as_it_is()
    {
        var live = Live(Sets.With(Sets.With(Sets.MySql, "metadata.annotations", null), "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "\"Delete\""));
        var wanted = Sets.With(Sets.With(Sets.With(Sets.MySql, "metadata.annotations", null), "spec.persistentVolumeClaimRetentionPolicy", null), "spec.serviceName", "\"other\"");
        var change = Only(live, wanted);
        Assert.Equal(Tier.DataAtRisk, change.Tier);
        Assert.Contains("the claims data-db-0, data-db-1, data-db-2 are deleted with the set (persistentVolumeClaimRetentionPolicy.whenDeleted: Delete), and the data with them", Says(change));
    }

    [Theory]
    [InlineData("spec.replicas", "data at risk")]
    [InlineData("spec.volumeClaimTemplates", "data at risk")]
    [InlineData("spec.template.spec.containers.0.env", "pods roll")]
    [InlineData("spec.podManagementPolicy", "nothing restarts")]
    [InlineData("spec.updateStrategy", "nothing restarts")]
    [InlineData("spec.persistentVolumeClaimRetentionPolicy", "nothing restarts")]
    public void What_of_a_live_object_is_left_out_is_a_default_or_a_change(string field, string tier)
    {
        Assert.Equal(tier, Only(Live(Sets.MySql), Sets.With(Sets.MySql, field, null)).Tier.Word());
        Assert.Equal(Action.Same, Only(Live(Sets.With(Sets.MySql, "spec.replicas", "1")), Sets.With(Sets.MySql, "spec.replicas", null)).Action);
    }

    [Theory]
    [InlineData("ConfigMap", "data")]
    [InlineData("ConfigMap", "binaryData")]
    [InlineData("Secret", "stringData")]
    [InlineData("Secret", "data")]
    public void Content_of_a_live_object_has_no_defaults(string kind, string section)
    {
        var map = Manifest.Parse($$"""{ "apiVersion": "v1", "kind": "{{kind}}", "metadata": { "name": "x" }, "{{section}}": { "a": "", "b": "" } }""");
        Assert.Equal(Action.Same, Only(Live(map), map).Action);
        Assert.Equal(Action.Replace, Only(Live(map), Sets.With(map, $"{section}.b", null)).Action);
        Assert.Equal(Action.Replace, Only(Live(map), Sets.With(map, section, null)).Action);
    }

    [Theory]
    [InlineData("Deployment", "apps/v1", "spec.replicas", "3", "0", "removed")]
    [InlineData("Deployment", "apps/v1", "spec.replicas", "3", "1", "nothing restarts")]
    [InlineData("Deployment", "apps/v1", "spec.replicas", "0", "1", "nothing restarts")]
    [InlineData("Service", "v1", "spec.type", "\"LoadBalancer\"", "\"ClusterIP\"", "removed")]
    [InlineData("Service", "v1", "spec.type", "\"LoadBalancer\"", "\"NodePort\"", "removed")]
    [InlineData("Service", "v1", "spec.type", "\"NodePort\"", null, "removed")]
    [InlineData("Service", "v1", "spec.type", "\"ClusterIP\"", "\"LoadBalancer\"", "nothing restarts")]
    [InlineData("Certificate", "cert-manager.io/v1", "spec.dnsNames", "[\"a\"]", "[\"a\", \"b\"]", "nothing restarts")]
    [InlineData("Certificate", "cert-manager.io/v1", "spec.dnsNames", "[\"a\", \"b\"]", "[\"b\"]", "removed")]
    [InlineData("Service", "v1", "spec.type", "\"ClusterIP\"", "\"ExternalName\"", "removed")]
    [InlineData("PodMonitor", "monitoring.coreos.com/v1", "spec.interval", "\"1m\"", "\"30s\"", "nothing restarts")]
    [InlineData("Service", "v1", "spec.clusterIPs", "[\"10.0.0.1\"]", "[\"10.0.0.2\"]", "unknown")]
    [InlineData("Service", "v1", "spec.healthCheckNodePort", "30000", "30001", "unknown")]
    [InlineData("ConfigMap", "v1", "immutable", "true", null, "unknown")]
    [InlineData("Secret", "v1", "immutable", "true", "false", "unknown")]
    [InlineData("Secret", "v1", "immutable", null, "true", "nothing restarts")]
    public void Fields_of_other_kinds(string kind, string version, string field, string? before, string? after, string tier)
    {
        var body = Manifest.Parse($$"""{ "apiVersion": "{{version}}", "kind": "{{kind}}", "metadata": { "name": "x" }, "spec": { } }""");
        Assert.Equal(tier, Only(Sets.With(body, field, before), Sets.With(body, field, after)).Tier.Word());
    }

    [Fact]
    public void What_cannot_be_changed_can_be_made_again() => Assert.Equal(
        Tier.NothingRestarts, Only(Config, Sets.With(Sets.Config("db-abcdef0123", "max_connections = 300"), "immutable", null)).Tier);

    [Fact]
    public void A_list_of_kubectl_is_its_items()
    {
        var list = Manifest.Parse($$"""{ "apiVersion": "v1", "kind": "List", "items": [{{Config.Body.ToJsonString()}}, {{Sets.MySql.Body.ToJsonString()}}] }""");
        Assert.All(ManifestDifference.Between([list], [Config, Sets.MySql]), change => Assert.Equal(Action.Same, change.Action));
    }

    [Fact]
    public void Reordered_init_containers_are_a_change()
    {
        var set = Sets.With(Sets.MySql, "spec.template.spec.initContainers", """[{ "name": "a" }, { "name": "b" }]""");
        Assert.Equal(Tier.PodsRoll, Only(set, Sets.With(set, "spec.template.spec.initContainers", """[{ "name": "b" }, { "name": "a" }]""")).Tier);
    }

    private static Manifest Live(Manifest manifest) => Sets.With(manifest, "metadata.uid", "\"1\"");

    private static ObjectChange Only(Manifest before, Manifest after) => Assert.Single(ManifestDifference.Between([before], [after]));

    private static IEnumerable<string> Says(ObjectChange change) => DifferenceText.Sentences(change);
}
