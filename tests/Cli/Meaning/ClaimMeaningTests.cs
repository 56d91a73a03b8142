using Cli.Meaning;
using Lab.Manifests;
using Xunit;
using Action = Cli.Meaning.Action;

namespace Tests.Cli.Meaning;

/// <summary>What it means that claims grow, shrink, change, come and go which the program registers beside their set.</summary>
public sealed class ClaimMeaningTests
{
    private const string Size = "spec.volumeClaimTemplates.0.spec.resources.requests.storage";

    [Fact]
    public void Larger_claims_grow_and_no_pod_restarts()
    {
        var changes = Between(Size, "\"20Gi\"");
        var set = changes.Single(change => change.Kind == "StatefulSet");
        Assert.Equal((Action.Replace, Tier.Replaced), (set.Action, set.Tier));
        Assert.Equal(
            [
                "the set is deleted and made again; its pods (db-0, db-1, db-2) run on and are adopted, as the base has pulumi.com/deletionPropagationPolicy: orphan",
                "before that the claims data-db-0, data-db-1, data-db-2 grow to 20Gi, one by one from the highest ordinal down; no pod restarts, unless the storage class needs it",
            ],
            DifferenceText.Sentences(set));
        Assert.Empty(DifferenceText.Safely(set));
        Assert.All(Claims(changes), claim => Assert.Equal((Action.Update, Tier.NothingRestarts), (claim.Action, claim.Tier)));
        Assert.Equal(["the claim grows to 20Gi, where its storage class allows it; no pod restarts, unless the class needs it"], DifferenceText.Sentences(Claims(changes)[0]));
    }

    /// <summary>A deployment that failed in its midst goes on.</summary>
    [Theory]
    [InlineData(1, "before that the claims data-db-0, data-db-1 grow to 20Gi, one by one from the highest ordinal down; no pod restarts, unless the storage class needs it")]
    [InlineData(3, "the claims data-db-0, data-db-1, data-db-2 ask for 20Gi already")]
    public void Claims_that_have_grown_already_are_not_said_to_grow(int grown, string says)
    {
        var after = Sets.With(Sets.MySql, Size, "\"20Gi\"");
        var set = ManifestDifference.Between([Sets.MySql, .. Claims(Sets.MySql).Take(3 - grown), .. Claims(after).TakeLast(grown)], [after, .. Claims(after)]).Single(change => change.Kind == "StatefulSet");
        Assert.Equal((Tier.Replaced, says), (set.Tier, DifferenceText.Sentences(set).Last()));
    }

    [Theory]
    [InlineData(Size, "\"5Gi\"", "the claims data-db-0, data-db-1, data-db-2 never shrink, from 10Gi to 5Gi", "a claim never shrinks, from 10Gi to 5Gi")]
    [InlineData("spec.volumeClaimTemplates.0.spec.storageClassName", "\"fast\"", "the claims data-db-0, data-db-1, data-db-2 keep their storageClassName", "the claim that is there keeps its storageClassName")]
    [InlineData("spec.volumeClaimTemplates.0.spec.accessModes.0", "\"ReadWriteOncePod\"", "the claims data-db-0, data-db-1, data-db-2 keep their accessModes", "the claim that is there keeps its accessModes")]
    public void What_a_claim_cannot_become_is_refused_before_the_set_is_touched(string path, string value, string ofSet, string ofClaim)
    {
        const string Refused = "REFUSED by the API server before the set is touched, and the deployment fails: ";
        var changes = Between(path, value);
        var set = changes.Single(change => change.Kind == "StatefulSet");
        Assert.Equal(Tier.DataAtRisk, set.Tier);
        Assert.Equal([Refused + ofSet], DifferenceText.Sentences(set));
        Assert.Contains("a system of another name on such volumes, beside this one: restore a backup into it", Assert.Single(DifferenceText.Safely(set)), StringComparison.Ordinal);
        Assert.All(Claims(changes), claim => Assert.Equal((Action.Update, Refused + ofClaim), (claim.Action, Assert.Single(DifferenceText.Sentences(claim)))));
    }

    /// <summary>The API server takes less than was asked for, where it is more than the volume has: what the driver could not give is given up.</summary>
    [Theory]
    [InlineData("20Gi", "15Gi", Tier.NothingRestarts, "the claim, which asks for 20Gi and has 10Gi, grows to 15Gi instead; no pod restarts, unless the class needs it", null)]
    [InlineData("20Gi", "30Gi", Tier.NothingRestarts, "the claim grows to 30Gi, where its storage class allows it; no pod restarts, unless the class needs it", null)]
    [InlineData("20Gi", "10Gi", Tier.DataAtRisk, "REFUSED by the API server before the set is touched, and the deployment fails: the claim asks for 20Gi and has 10Gi, and goes back to a size above that only", "storage: 20Gi, or less that is more than 10Gi")]
    [InlineData("20Gi", "5Gi", Tier.DataAtRisk, "REFUSED by the API server before the set is touched, and the deployment fails: a claim never shrinks, from 10Gi to 5Gi", "a system of another name")]
    [InlineData("10Gi", "5Gi", Tier.DataAtRisk, "REFUSED by the API server before the set is touched, and the deployment fails: a claim never shrinks, from 10Gi to 5Gi", "a system of another name")]
    internal void A_claim_of_a_cluster_goes_back_to_what_is_above_its_volume(string asked, string asks, Tier tier, string says, string? safely)
    {
        var live = Sets.With(Sets.With(Claim(0, $"\"{asked}\""), "metadata.uid", "\"1\""), "status", """{ "phase": "Bound", "capacity": { "storage": "10Gi" } }""");
        var change = ManifestDifference.Between([live], [Claim(0, $"\"{asks}\"")]).Single();
        Assert.Equal((Action.Update, tier), (change.Action, change.Tier));
        Assert.Equal([$"resources.requests.storage {asked} -> {asks}"], change.Causes.Select(cause => cause.Text));
        Assert.Equal([says], DifferenceText.Sentences(change));
        Assert.Equal(safely is null ? 0 : 1, DifferenceText.Safely(change).Count(sentence => sentence.StartsWith($"{safely}", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_a_claim_has_is_nobodys_change()
    {
        var live = Sets.With(Claim(0), "metadata.uid", "\"1\"");
        var (one, other) = (Sets.With(live, "status", """{ "capacity": { "storage": "10Gi" } }"""), Sets.With(live, "status", """{ "capacity": { "storage": "20Gi" } }"""));
        Assert.Equal(Action.Same, ManifestDifference.Between([one], [other]).Single().Action);
    }

    [Fact]
    public void Labels_of_a_template_reach_the_claims()
    {
        var set = Between("spec.volumeClaimTemplates.0.metadata.labels", """{ "a": "b" }""").Single(change => change.Kind == "StatefulSet");
        Assert.Equal(Tier.Replaced, set.Tier);
        Assert.Contains("the claims data-db-0, data-db-1, data-db-2 get it, too", DifferenceText.Sentences(set));
    }

    /// <summary>With the first deployment of this version.</summary>
    [Theory]
    [InlineData("10Gi", Tier.NothingRestarts, "StatefulSet db has made it: it is taken over as it is")]
    [InlineData("20Gi", Tier.NothingRestarts, "the claim grows to 20Gi, where its storage class allows it; no pod restarts, unless the class needs it")]
    [InlineData("5Gi", Tier.DataAtRisk, "REFUSED by the API server before the set is touched, and the deployment fails: a claim never shrinks, from 10Gi to 5Gi")]
    internal void A_claim_that_a_set_has_made_is_taken_over(string size, Tier tier, string says)
    {
        var change = ManifestDifference.Between([Sets.MySql], [Sets.MySql, Claim(0, $"\"{size}\"")]).Single(one => one.Kind == "PersistentVolumeClaim");
        Assert.Equal((Action.Create, tier), (change.Action, change.Tier));
        Assert.Equal([says], DifferenceText.Sentences(change));
    }

    [Fact]
    public void A_claim_of_another_class_is_not_taken_over()
    {
        var other = Sets.With(Claim(0), "spec.storageClassName", "\"fast\"");
        Assert.Equal(Tier.DataAtRisk, ManifestDifference.Between([Sets.MySql], [Sets.MySql, other]).Single(one => one.Kind == "PersistentVolumeClaim").Tier);
    }

    [Fact]
    public void Fewer_servers_leave_their_claims()
    {
        var change = ManifestDifference.Between([Sets.MySql, Claim(2)], [Sets.MySql]).Single(one => one.Kind == "PersistentVolumeClaim");
        Assert.Equal((Action.Delete, Tier.NothingRestarts), (change.Action, change.Tier));
        Assert.Equal(["the claim stays, with its data, and is no longer this program's to change"], DifferenceText.Sentences(change));
    }

    private static IReadOnlyList<ObjectChange> Between(string path, string value)
    {
        var after = Sets.With(Sets.MySql, path, value);
        return ManifestDifference.Between([Sets.MySql, .. Claims(Sets.MySql)], [after, .. Claims(after)]);
    }

    private static IEnumerable<Manifest> Claims(Manifest set) => Enumerable.Range(0, 3).Select(ordinal => Sets.With(Claim(ordinal), "spec", set.Body["spec"]!["volumeClaimTemplates"]![0]!["spec"]!.ToJsonString()));

    private static List<ObjectChange> Claims(IEnumerable<ObjectChange> changes) => [.. changes.Where(change => change.Kind == "PersistentVolumeClaim" && change.Action != Action.Same)];

    private static Manifest Claim(int ordinal, string size = "\"10Gi\"") => Manifest.Parse(
        $$"""
        { "apiVersion": "v1", "kind": "PersistentVolumeClaim",
          "metadata": { "name": "data-db-{{ordinal}}", "labels": { "app": "db" }, "annotations": { "pulumi.com/patchForce": "true", "pulumi.com/skipAwait": "true" } },
          "spec": { "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": {{size}} } } } }
        """);
}
