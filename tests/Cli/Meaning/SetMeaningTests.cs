using Cli.Meaning;
using Lab.Manifests;
using Xunit;
using Action = Cli.Meaning.Action;

namespace Tests.Cli.Meaning;

/// <summary>What changes of a StatefulSet mean.</summary>
public sealed class SetMeaningTests
{
    private const string Adopted = "the set is deleted and made again; its pods (db-0, db-1, db-2) run on and are adopted, as the base has pulumi.com/deletionPropagationPolicy: orphan";

    [Fact]
    public void Pods_roll_from_the_highest_ordinal_the_primary_last_for_as_long_as_the_manifest_says()
    {
        var change = Change(Sets.MySql, "spec.template.spec.containers.0.env.0.value", "\"CET\"");
        Assert.Equal((Action.Update, Tier.PodsRoll), (change.Action, change.Tier));
        Assert.Equal(["containers[mysql].env[TZ].value UTC -> CET"], change.Causes.Select(cause => cause.Text));
        Assert.Equal(
            [
                "pods roll: db-2, db-1, db-0, one by one, each when the one before it is ready",
                "db-0, the primary, comes last and is away once: up to 300 s to shut down (terminationGracePeriodSeconds), and up to 3600 s to start (startupProbe); nobody writes, the others serve readers meanwhile",
            ],
            Says(change));
    }

    [Fact]
    public void With_one_server_nobody_reads_meanwhile() => Assert.Contains(
        "db-0, the primary, is away once: up to 300 s to shut down (terminationGracePeriodSeconds), and up to 3600 s to start (startupProbe); nobody writes, there is no other server: nobody reads either",
        Says(Change(Sets.With(Sets.MySql, "spec.replicas", "1"), "spec.template.spec.containers.0.env.0.value", "\"CET\"")));

    [Fact]
    public void A_partition_keeps_the_pods_below_it() => Assert.Equal(
        ["pods roll: db-2; partition 2 keeps db-1, db-0 as they are"],
        Says(Change(Sets.With(Sets.MySql, "spec.updateStrategy.rollingUpdate", """{ "partition": 2 }"""), "spec.template.spec.priority", "1")));

    [Fact]
    public void A_partition_above_all_pods_keeps_all() =>
        Assert.Equal(Tier.NothingRestarts, Change(Sets.With(Sets.MySql, "spec.updateStrategy.rollingUpdate", """{ "partition": 3 }"""), "spec.template.spec.priority", "1").Tier);

    [Fact]
    public void OnDelete_rolls_nothing_by_itself()
    {
        var change = Change(Sets.With(Sets.MySql, "spec.updateStrategy.type", "\"OnDelete\""), "spec.template.spec.priority", "1");
        Assert.Equal(Tier.NothingRestarts, change.Tier);
        Assert.Equal(["no pod restarts by itself (updateStrategy OnDelete): each takes the change when it is deleted; delete db-2, db-1, db-0 in this order, each when the one before it is ready"], Says(change));
    }

    [Theory]
    [InlineData("{ \"type\": \"RollingUpdate\" }")]
    [InlineData(null)]
    public void Pods_that_OnDelete_kept_take_what_came_before(string? strategy)
    {
        var change = Change(Sets.With(Sets.MySql, "spec.updateStrategy", "{ \"type\": \"OnDelete\" }"), "spec.updateStrategy", strategy);
        Assert.Equal(Tier.PodsRoll, change.Tier);
        Assert.Contains("pods that were kept from an earlier change take it now: db-2, db-1, db-0", Says(change));
    }

    /// <summary>What the primary takes at last came by an earlier change, which these two sides do not show: the rule of that change holds all the same.</summary>
    [Theory]
    [InlineData("mysql:9.7", "data at risk")]
    [InlineData("mysql:8.4", "pods roll")]
    [InlineData("mysql:5.7", "pods roll")]
    [InlineData("mariadb:11.4", "data at risk")]
    [InlineData("mysql:latest", "unknown")]
    public void A_primary_that_is_released_may_go_a_series_up(string image, string tier)
    {
        var held = Sets.With(Sets.With(Sets.MySql, "spec.template.spec.containers.0.image", $"\"{image}\""), "spec.updateStrategy.rollingUpdate", """{ "partition": 1 }""");
        Assert.Equal(tier, Change(held, "spec.updateStrategy.rollingUpdate", null).Tier.Word());
        // Something else changes along with it: what was kept comes with that.
        var change = Assert.Single(ManifestDifference.Between([held], [Sets.With(Sets.With(held, "spec.updateStrategy.rollingUpdate", null), "spec.template.spec.priority", "1")]));
        Assert.Equal(tier, change.Tier.Word());
    }

    [Fact]
    public void A_primary_that_is_released_is_away_once()
    {
        var change = Change(Sets.With(Sets.MySql, "spec.updateStrategy.rollingUpdate", """{ "partition": 2 }"""), "spec.updateStrategy.rollingUpdate.partition", "0");
        Assert.Equal(
            [
                "pods that were kept from an earlier change take it now: db-1, db-0",
                "db-0, the primary, comes last and is away once: up to 300 s to shut down (terminationGracePeriodSeconds), and up to 3600 s to start (startupProbe); nobody writes, the others serve readers meanwhile",
                "it begins when all others are ready, and a replica is when it has had what the primary had at its start: look first how far behind they are (./dev status)",
                "pods below the partition keep their template; without the annotation pulumi.com/waitFor pulumi waits until its time is over",
            ],
            Says(change));
    }

    [Fact]
    public void A_replica_that_is_released_takes_nobody_away() => Assert.Equal(
        ["pods that were kept from an earlier change take it now: db-1", "pods below the partition keep their template; without the annotation pulumi.com/waitFor pulumi waits until its time is over"],
        Says(Change(Sets.With(Sets.MySql, "spec.updateStrategy.rollingUpdate", """{ "partition": 2 }"""), "spec.updateStrategy.rollingUpdate.partition", "1")));

    [Theory]
    [InlineData("2")]
    [InlineData("\"50%\"")]
    public void Where_more_than_one_pod_may_be_away_nobody_promises_readers(string most)
    {
        var set = Sets.With(Sets.MySql, "spec.updateStrategy.rollingUpdate", $"{{ \"maxUnavailable\": {most} }}");
        Assert.Equal(
            [
                $"pods roll: db-2, db-1, db-0, up to {most.Trim('"')} at a time",
                "db-0, the primary, is away once: up to 300 s to shut down (terminationGracePeriodSeconds), and up to 3600 s to start (startupProbe); nobody writes",
            ],
            Says(Change(set, "spec.template.spec.priority", "1")));
    }

    [Fact]
    public void One_at_a_time_is_the_default() => Assert.Contains(
        "pods roll: db-2, db-1, db-0, one by one, each when the one before it is ready",
        Says(Change(Sets.With(Sets.MySql, "spec.updateStrategy.rollingUpdate", """{ "maxUnavailable": 1 }"""), "spec.template.spec.priority", "1")));

    [Fact]
    public void A_partition_says_what_pulumi_waits_for() => Assert.Contains(
        "pods below the partition keep their template; without the annotation pulumi.com/waitFor pulumi waits until its time is over",
        Says(Change(Sets.MySql, "spec.updateStrategy.rollingUpdate", """{ "partition": 1 }""")));

    [Fact]
    public void A_default_said_aloud_restarts_nothing()
    {
        Assert.Equal(Tier.NothingRestarts, Change(Sets.MySql, "spec.template.spec.dnsPolicy", "\"ClusterFirst\"").Tier);
        Assert.Equal(Tier.PodsRoll, Change(Sets.MySql, "spec.template.spec.dnsPolicy", "\"Default\"").Tier);
    }

    [Theory]
    [InlineData("spec.serviceName", "\"other\"")]
    [InlineData("spec.podManagementPolicy", "\"Parallel\"")]
    [InlineData("spec.revisionHistoryLimit", "3")]
    [InlineData("spec.selector.matchLabels.tier", "\"x\"")]
    [InlineData("spec.volumeClaimTemplates.0.spec.resources.requests.storage", "\"20Gi\"")]
    [InlineData("spec.volumeClaimTemplates.0.spec.storageClassName", "\"fast\"")]
    [InlineData("spec.volumeClaimTemplates.0.spec.accessModes", "[\"ReadWriteMany\"]")]
    [InlineData("spec.volumeClaimTemplates.0.metadata.labels", "{\"a\":\"b\"}")]
    public void What_the_provider_replaces_a_set_for_leaves_pods_and_claims_where_the_base_has_the_policy(string path, string value)
    {
        var change = Change(Sets.MySql, path, value);
        Assert.Equal((Action.Replace, Tier.Replaced), (change.Action, change.Tier));
        Assert.Contains(Adopted, Says(change));
        Assert.Contains("the claims stay as they are", Says(change));
    }

    [Fact]
    public void Without_the_policy_in_the_base_all_pods_stop_though_the_change_adds_it()
    {
        var before = Sets.With(Sets.MySql, "metadata.annotations", null);
        var change = Assert.Single(ManifestDifference.Between([before], [Sets.With(Sets.MySql, "spec.serviceName", "\"other\"")]));
        Assert.Equal(Tier.Replaced, change.Tier);
        Assert.Contains(
            "ALL PODS STOP AT ONCE (db-0, db-1, db-2): the set is deleted and made again, and the base lacks pulumi.com/deletionPropagationPolicy: orphan; that the change adds it does not help", Says(change));
        Assert.Contains("deploy the annotation pulumi.com/deletionPropagationPolicy: orphan by itself first, and then this change", DifferenceText.Safely(change));
    }

    [Fact]
    public void Without_the_policy_claims_that_go_with_the_set_are_data_at_risk()
    {
        var before = Sets.With(Sets.With(Sets.MySql, "metadata.annotations", null), "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "\"Delete\"");
        Assert.Equal(Tier.DataAtRisk, Change(before, "spec.serviceName", "\"other\"").Tier);
    }

    /// <summary>A set that is scaled to nothing has claims all the same: its pods left them.</summary>
    [Theory]
    [InlineData("spec.template.spec.containers.0.image", "\"mysql:8.0\"", "data at risk")]
    [InlineData("spec.serviceName", "\"other\"", "data at risk")]
    [InlineData("spec.ordinals", "{ \"start\": 1 }", "data at risk")]
    [InlineData("spec.template.spec.priority", "1", "nothing restarts")]
    public void A_set_of_no_pods_has_claims(string path, string value, string tier)
    {
        var set = Sets.With(Sets.With(Sets.MySql, "metadata.annotations", null), "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "\"Delete\"");
        Assert.Equal(tier, Change(Sets.With(set, "spec.replicas", "0"), path, value).Tier.Word());
    }

    [Fact]
    public void Claims_that_pods_left_behind_keep_their_size() => Assert.Contains(
        "the claims data-db-* keep 10Gi; 20Gi is for new ordinals only",
        Says(Change(Sets.With(Sets.MySql, "spec.replicas", "0"), "spec.volumeClaimTemplates.0.spec.resources.requests.storage", "\"20Gi\"")));

    [Theory]
    [InlineData("\"3\"", "nothing restarts")]
    [InlineData("\"many\"", "data at risk")]
    [InlineData("-1", "data at risk")]
    [InlineData("[]", "data at risk")]
    public void Replicas_in_another_form_are_judged_all_the_same(string replicas, string tier) => Assert.Equal(tier, Change(Sets.MySql, "spec.replicas", replicas).Tier.Word());

    [Fact]
    public void A_word_for_optional_is_read_as_such() => Assert.Equal(
        ["db"],
        new global::Cli.Checks.StatefulSetView(Sets.With(Sets.MySql, "spec.template.spec.volumes.0.configMap.optional", "\"true\"")).References.Select(one => one.Name));

    [Fact]
    public void Larger_claims_are_for_new_ordinals_and_the_others_can_be_patched()
    {
        var change = Change(Sets.MySql, "spec.volumeClaimTemplates.0.spec.resources.requests.storage", "\"20Gi\"");
        Assert.Equal(["claim [data] storage 10Gi -> 20Gi"], change.Causes.Select(cause => cause.Text));
        Assert.Contains("the claims data-db-0, data-db-1, data-db-2 keep 10Gi; 20Gi is for new ordinals only", Says(change));
        Assert.Contains("kubectl -n default patch pvc data-db-0 -p '{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"20Gi\"}}}}' and so on to data-db-2", Assert.Single(DifferenceText.Safely(change)), StringComparison.Ordinal);
    }

    [Fact]
    public void Smaller_claims_have_less_room_and_no_safe_way()
    {
        var change = Change(Sets.MySql, "spec.volumeClaimTemplates.0.spec.resources.requests.storage", "\"512Mi\"");
        Assert.Contains("the claims data-db-0, data-db-1, data-db-2 keep 10Gi; 512Mi is for new ordinals only, whose copy of the data has less room than the original", Says(change));
        Assert.Empty(DifferenceText.Safely(change));
    }

    [Fact]
    public void Another_selector_says_how_pods_are_labelled_first() => Assert.Contains(
        "label the pods first: kubectl -n default label pods -l app=db tier=x", DifferenceText.Safely(Change(Sets.MySql, "spec.selector.matchLabels.tier", "\"x\"")));

    [Fact]
    public void A_claim_of_another_name_is_empty() =>
        Assert.Equal((Action.Replace, Tier.DataAtRisk), Change(Sets.MySql, "spec.volumeClaimTemplates.0.metadata.name", "\"files\"") is var change ? (change.Action, change.Tier) : default);

    [Fact]
    public void A_claim_that_is_no_longer_mounted_is_data_at_risk() => Assert.Equal(Tier.DataAtRisk, Change(Sets.MySql, "spec.volumeClaimTemplates", null).Tier);

    [Fact]
    public void One_more_claim_replaces_the_set() =>
        Assert.Equal(Tier.Replaced, Change(Sets.MySql, "spec.volumeClaimTemplates.1", """{ "metadata": { "name": "logs" }, "spec": { } }""").Tier);

    [Theory]
    [InlineData("5", "nothing restarts", "pods start: db-3, db-4, each seeded from the pod before it; those that run stay")]
    [InlineData("2", "nothing restarts", "pods stop and go: db-2; those that stay do not restart")]
    [InlineData("1", "data at risk", "one server is left, and its volume is the only copy of what is written from now on; the claims data-db-2, data-db-1 stay, and fall behind")]
    [InlineData("0", "data at risk", "no server is left: nobody writes or reads; the claims stay")]
    public void More_or_fewer_servers(string replicas, string tier, string says)
    {
        var change = Change(Sets.MySql, "spec.replicas", replicas);
        Assert.Equal((Action.Update, tier), (change.Action, change.Tier.Word()));
        Assert.Contains(says, Says(change));
    }

    [Fact]
    public void Fewer_pods_of_a_program_that_nobody_knows_are_unknown_where_they_have_claims()
    {
        Assert.Equal(Tier.Unknown, Change(Sets.Other, "spec.replicas", "2").Tier);
        Assert.Equal(Tier.NothingRestarts, Change(Sets.Stateless, "spec.replicas", "2").Tier);
    }

    [Fact]
    public void A_set_without_claims_and_without_pods_serves_nobody()
    {
        var change = Change(Sets.Stateless, "spec.replicas", "0");
        Assert.Equal(Tier.Removed, change.Tier);
        Assert.Contains("no pod is left: nobody serves", Says(change));
    }

    [Fact]
    public void Claims_that_go_with_their_pods_are_data_at_risk() =>
        Assert.Equal(Tier.DataAtRisk, Change(Sets.With(Sets.MySql, "spec.persistentVolumeClaimRetentionPolicy.whenScaled", "\"Delete\""), "spec.replicas", "2").Tier);

    [Theory]
    [InlineData("spec.persistentVolumeClaimRetentionPolicy.whenScaled", "\"Delete\"", "data at risk")]
    [InlineData("spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "\"Delete\"", "data at risk")]
    [InlineData("spec.ordinals", "{ \"start\": 1 }", "data at risk")]
    [InlineData("spec.updateStrategy.type", "\"OnDelete\"", "nothing restarts")]
    [InlineData("spec.updateStrategy.rollingUpdate", "{ \"partition\": 1 }", "nothing restarts")]
    [InlineData("spec.updateStrategy.rollingUpdate", "{ \"maxUnavailable\": 2 }", "nothing restarts")]
    [InlineData("spec.minReadySeconds", "5", "nothing restarts")]
    [InlineData("metadata.annotations", null, "nothing restarts")]
    [InlineData("spec.template.spec.containers.0.image", "\"mysql:9.7\"", "data at risk")]
    [InlineData("spec.template.spec.containers.0.image", "\"mysql:5.7\"", "data at risk")]
    [InlineData("spec.template.spec.containers.0.args", "[\"--datadir=/tmp\", \"--user=mysql\"]", "data at risk")]
    [InlineData("spec.template.spec.containers.0.args", "[\"--max-connections=5\"]", "pods roll")]
    [InlineData("spec.template.spec.containers.1.args", "[\"--datadir=/tmp\"]", "pods roll")]
    [InlineData("spec.template.spec.containers.2", "{ \"name\": \"exporter\" }", "pods roll")]
    [InlineData("spec.template.spec.containers.2", "{ \"name\": \"xtrabackup\" }", "data at risk")]
    public void Each_other_field(string path, string? value, string tier) => Assert.Equal(tier, Change(Sets.MySql, path, value).Tier.Word());

    [Fact]
    public void The_policy_added_counts_from_the_next_deployment_on() => Assert.Equal(
        ["from the next deployment on pods outlive a set that is replaced or removed; in this one they do not"],
        Says(Assert.Single(ManifestDifference.Between([Sets.With(Sets.MySql, "metadata.annotations", null)], [Sets.MySql]))));

    [Fact]
    public void An_option_that_data_do_not_outlive_is_told_of_with_the_pods_that_roll_for_it()
    {
        var changes = ManifestDifference.Between(
            [Sets.Config("db-0123456789", "max_connections = 1"), Sets.MySql],
            [Sets.Config("db-abcdef0123", "lower-case-table-names = 1"), Sets.With(Sets.MySql, "spec.template.spec.volumes.0.configMap.name", "\"db-abcdef0123\"")]);
        Assert.Equal([Tier.NothingRestarts, Tier.DataAtRisk], changes.Select(change => change.Tier));
        Assert.Contains("lower_case_table_names (default) -> 1: a server does not start on data that were made with another value", Says(changes[1]));
    }

    [Fact]
    public void Options_that_nobody_can_see_are_unknown()
    {
        var change = Change(Sets.MySql, "spec.template.spec.volumes.0.configMap.name", "\"db-abcdef0123\"");
        Assert.Equal(Tier.Unknown, change.Tier);
        Assert.Contains("the ConfigMap with the options is not among these objects", Says(change));
    }

    [Fact]
    public void Claim_templates_in_another_order_replace_the_set_and_no_more()
    {
        var set = Sets.With(Sets.MySql, "spec.volumeClaimTemplates", """[{ "metadata": { "name": "data" } }, { "metadata": { "name": "logs" } }]""");
        Assert.Equal(Tier.Replaced, Change(set, "spec.volumeClaimTemplates", """[{ "metadata": { "name": "logs" } }, { "metadata": { "name": "data" } }]""").Tier);
    }

    private static ObjectChange Change(Manifest before, string path, string? value) => Assert.Single(ManifestDifference.Between([before], [Sets.With(before, path, value)]));

    private static IEnumerable<string> Says(ObjectChange change) => DifferenceText.Sentences(change);
}
