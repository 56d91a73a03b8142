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
    public void A_renamed_set_of_no_pods_starts_empty_too()
    {
        var set = Sets.With(Sets.MySql, "spec.replicas", "0");
        var changes = ManifestDifference.Between([set], [Sets.Rename(set, "store")]);
        Assert.Equal([Tier.DataAtRisk, Tier.Removed], changes.Select(change => change.Tier));
        Assert.Contains("it takes the place of StatefulSet db and starts EMPTY: its claims data-store-* are new, the data stay in data-db-*", DifferenceText.Sentences(changes[0]));
        Assert.Contains("the claims data-db-* stay, and are found again by a set of the same name", DifferenceText.Sentences(changes[1]));
    }

    [Fact]
    public void A_removed_set_of_no_pods_may_take_claims_along() => Assert.Equal(
        Tier.DataAtRisk,
        Assert.Single(ManifestDifference.Between(
            [Sets.With(Sets.With(Sets.With(Sets.MySql, "spec.replicas", "0"), "metadata.annotations", null), "spec.persistentVolumeClaimRetentionPolicy.whenDeleted", "\"Delete\"")], [])).Tier);

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
    [InlineData("cert-manager.io/v1", "Certificate", "removed")]
    [InlineData("monitoring.coreos.com/v1", "PodMonitor", "removed")]
    [InlineData("monitoring.coreos.com/v1", "PrometheusRule", "removed")]
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

    /// <summary>Pods of every kind, with what they cannot be without.</summary>
    [Theory]
    [InlineData("Secret", """{ "containers": [{ "name": "x", "env": [{ "name": "A", "valueFrom": { "secretKeyRef": { "name": "x", "key": "a" } } }] }] }""", true)]
    [InlineData("Secret", """{ "containers": [{ "name": "x", "env": [{ "name": "A", "valueFrom": { "secretKeyRef": { "name": "x", "key": "a", "optional": true } } }] }] }""", false)]
    [InlineData("Secret", """{ "volumes": [{ "name": "v", "projected": { "sources": [{ "secret": { "name": "x" } }] } }] }""", true)]
    [InlineData("Secret", """{ "volumes": [{ "name": "v", "projected": { "sources": [{ "secret": { "name": "x", "optional": "true" } }] } }] }""", false)]
    [InlineData("ConfigMap", """{ "volumes": [{ "name": "v", "projected": { "sources": [{ "configMap": { "name": "x" } }] } }] }""", true)]
    [InlineData("ConfigMap", """{ "volumes": [{ "name": "v", "configMap": { "name": "x" } }] }""", true)]
    [InlineData("ConfigMap", """{ "initContainers": [{ "name": "x", "envFrom": [{ "configMapRef": { "name": "x" } }] }] }""", true)]
    [InlineData("ConfigMap", """{ "volumes": [{ "name": "v", "secret": { "secretName": "x" } }] }""", false)]
    [InlineData("Secret", """{ "imagePullSecrets": [{ "name": "x" }] }""", true)]
    [InlineData("ServiceAccount", """{ "serviceAccountName": "x" }""", true)]
    [InlineData("ServiceAccount", """{ "serviceAccount": "x" }""", true)]
    [InlineData("ServiceAccount", """{ "serviceAccountName": "y" }""", false)]
    public void What_pods_name_is_missed(string kind, string pod, bool missed)
    {
        var gone = Manifest.Parse($$"""{ "apiVersion": "v1", "kind": "{{kind}}", "metadata": { "name": "x" } }""");
        foreach (var (owner, text) in new[]
        {
            ("Pod", $$"""{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "p" }, "spec": {{pod}} }"""),
            ("CronJob", $$$"""{ "apiVersion": "batch/v1", "kind": "CronJob", "metadata": { "name": "p" }, "spec": { "jobTemplate": { "spec": { "template": { "spec": {{{pod}}} } } } } }"""),
            ("Deployment", $$$"""{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "p" }, "spec": { "template": { "spec": {{{pod}}} } } }"""),
        })
        {
            var user = Manifest.Parse(text);
            var change = ManifestDifference.Between([gone, user], [user]).Single(one => one.Kind == kind);
            Assert.Equal(missed ? Tier.Removed : Tier.NothingRestarts, change.Tier);
            Assert.Equal([missed ? $"the pods of {owner} p refer to it: one that restarts without it does not start" : "no pod of what is left refers to it"], DifferenceText.Sentences(change));
        }
    }

    [Theory]
    [InlineData("fast", "removed")]
    [InlineData("slow", "nothing restarts")]
    public void A_storage_class_that_claims_name_is_missed(string name, string tier)
    {
        var gone = Manifest.Parse("""{ "apiVersion": "storage.k8s.io/v1", "kind": "StorageClass", "metadata": { "name": "fast" } }""");
        var set = Sets.With(Sets.With(Sets.MySql, "spec.volumeClaimTemplates.0.spec.storageClassName", $"\"{name}\""), "metadata.namespace", "\"shop\"");
        var change = ManifestDifference.Between([gone, set], [set]).Single(one => one.Kind == "StorageClass");
        Assert.Equal(tier, change.Tier.Word());
        Assert.Equal(tier == "removed", DifferenceText.Sentences(change).Contains("the claims of StatefulSet db name it: a new one waits for a volume for ever"));
    }
}
