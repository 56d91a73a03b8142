using Cli.Meaning;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Meaning;

/// <summary>What it means that an object comes or goes.</summary>
public sealed class PresenceTests
{
    [Fact]
    public void A_renamed_set_starts_empty()
    {
        var changes = ManifestDifference.Between([Sets.MySql], [Sets.Rename(Sets.MySql, "store")]);
        Assert.Equal([("StatefulSet/store", Tier.DataAtRisk), ("StatefulSet/db", Tier.Removed)], changes.Select(change => (change.Label, change.Tier)));
        Assert.Contains(
            "it takes the place of StatefulSet db and starts EMPTY: its claims data-store-0, data-store-1, data-store-2 are new, the data stay in data-db-0, data-db-1, data-db-2", DifferenceText.Sentences(changes[0]));
    }

    [Fact]
    public void A_set_that_moves_to_another_namespace_starts_empty() =>
        Assert.Equal([Tier.DataAtRisk, Tier.Removed], ManifestDifference.Between([Sets.MySql], [Sets.With(Sets.MySql, "metadata.namespace", "\"shop\"")]).Select(change => change.Tier));

    [Fact]
    public void A_renamed_set_without_claims_loses_nothing() =>
        Assert.Equal([Tier.NothingRestarts, Tier.Removed], ManifestDifference.Between([Sets.Stateless], [Sets.Rename(Sets.Stateless, "new")]).Select(change => change.Tier));

    [Fact]
    public void One_more_set_takes_nobodys_place() =>
        Assert.Equal([Tier.NothingRestarts, Tier.NothingRestarts], ManifestDifference.Between([Sets.MySql], [Sets.MySql, Sets.Rename(Sets.MySql, "store")]).Select(change => change.Tier));

    [Fact]
    public void A_removed_set_leaves_pods_and_claims() => Assert.Equal(
        [
            "its pods (db-0, db-1, db-2) run on with nobody to look after them, as the base has pulumi.com/deletionPropagationPolicy: orphan; one that stops does not come back",
            "the claims data-db-0, data-db-1, data-db-2 stay, and are found again by a set of the same name",
        ],
        DifferenceText.Sentences(Assert.Single(ManifestDifference.Between([Sets.MySql], []))));

    [Fact]
    public void A_removed_set_without_the_policy_stops_its_pods_and_may_take_claims_along()
    {
        var set = Sets.With(Sets.MySql, "metadata.annotations", null);
        Assert.Contains("its pods stop at once: db-0, db-1, db-2", DifferenceText.Sentences(Assert.Single(ManifestDifference.Between([set], []))));
        Assert.Equal(Tier.DataAtRisk, Assert.Single(ManifestDifference.Between([Sets.With(set, "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "\"Delete\"")], [])).Tier);
    }

    [Theory]
    [InlineData("v1", "Namespace", "data at risk")]
    [InlineData("v1", "PersistentVolumeClaim", "data at risk")]
    [InlineData("v1", "PersistentVolume", "data at risk")]
    [InlineData("apiextensions.k8s.io/v1", "CustomResourceDefinition", "data at risk")]
    [InlineData("v1", "Service", "removed")]
    [InlineData("apps/v1", "Deployment", "removed")]
    [InlineData("v1", "ConfigMap", "nothing restarts")]
    [InlineData("policy/v1", "PodDisruptionBudget", "nothing restarts")]
    [InlineData("example.com/v1", "Database", "unknown")]
    public void Each_kind_that_goes(string version, string kind, string tier) => Assert.Equal(
        tier, Assert.Single(ManifestDifference.Between([Manifest.Parse($$"""{ "apiVersion": "{{version}}", "kind": "{{kind}}", "metadata": { "name": "x" } }""")], [])).Tier.Word());

    [Fact]
    public void An_object_of_an_unknown_kind_that_comes_is_unknown() =>
        Assert.Equal(Tier.Unknown, Assert.Single(ManifestDifference.Between([], [Manifest.Parse("""{ "apiVersion": "example.com/v1", "kind": "Database", "metadata": { "name": "x" } }""")])).Tier);

    [Fact]
    public void A_ConfigMap_that_pods_refer_to_is_missed()
    {
        var config = Sets.Config("db-0123456789", "a = 1");
        Assert.Equal(["the pods of StatefulSet db refer to it: one that restarts without it does not start"], DifferenceText.Sentences(Gone([config, Sets.MySql], [Sets.MySql])));
        Assert.Equal(["the pods that StatefulSet db leaves behind refer to it: one that restarts does not start"], DifferenceText.Sentences(Gone([config, Sets.MySql], [])));

        static ObjectChange Gone(IReadOnlyList<Manifest> before, IReadOnlyList<Manifest> after) => ManifestDifference.Between(before, after).Single(change => change.Kind == "ConfigMap");
    }

    [Fact]
    public void The_headless_Service_of_a_set_that_stays_takes_its_pods_names_along()
    {
        var service = Manifest.Parse("""{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "db" } }""");
        Assert.Contains("nobody finds db any more, and the pods of StatefulSet db lose their DNS names", ManifestDifference.Between([service, Sets.MySql], [Sets.MySql]).SelectMany(DifferenceText.Sentences));
    }
}
