using Cli.Preview;
using Lab.Manifests;
using Xunit;
using Action = Cli.Preview.Action;

namespace Tests.Cli.Preview;

public sealed class ManifestDifferenceTests
{
    private static readonly Manifest Secret = Manifest.Parse("""{ "kind": "Secret", "metadata": { "name": "db-credentials" }, "stringData": { "root-password": "old" } }""");
    private static readonly Manifest Config = Manifest.Parse("""{ "kind": "ConfigMap", "metadata": { "name": "db-0123456789" }, "data": { "slave.cnf": "[mysqld]\nread-only\n" } }""");
    private static readonly Manifest Set = Manifest.Parse("""
        { "kind": "StatefulSet", "metadata": { "name": "db" },
          "spec": { "serviceName": "db", "replicas": 3, "template": { "spec": { "containers": [{ "name": "mysql", "image": "mysql:5.7" }] } } } }
        """);

    [Fact]
    public void Nothing_before_means_everything_is_made() => Assert.Equal(
        [(Action.Create, "Secret"), (Action.Create, "ConfigMap"), (Action.Create, "StatefulSet")],
        ManifestDifference.Between([], [Secret, Config, Set]).Select(change => (change.Action, change.Kind)));

    [Fact]
    public void The_same_objects_stay() =>
        Assert.All(ManifestDifference.Between([Secret, Config, Set], [Secret, Config, Set]), change => Assert.Equal(Action.Same, change.Action));

    [Fact]
    public void More_replicas_change_the_set_in_place_and_roll_nothing()
    {
        var change = Assert.Single(ManifestDifference.Between([Set], [With(Set, "\"replicas\":3", "\"replicas\":5")]));
        Assert.Equal(Action.Update, change.Action);
        Assert.Equal(["replicas: 3 → 5"], change.Details);
    }

    [Fact]
    public void Another_image_rolls_the_pods_from_the_highest_ordinal_down() => Assert.Equal(
        ["pods roll: db-2, db-1, db-0", "containers[mysql].image: mysql:5.7 → mysql:5.7.44"],
        Assert.Single(ManifestDifference.Between([Set], [With(Set, "mysql:5.7", "mysql:5.7.44")])).Details);

    [Fact]
    public void A_field_that_replaces_the_set_says_so()
    {
        var change = Assert.Single(ManifestDifference.Between([Set], [With(Set, "\"serviceName\":\"db\"", "\"serviceName\":\"other\"")]));
        Assert.Equal(Action.Replace, change.Action);
        Assert.Equal(["serviceName changes: the set is replaced, its pods stay and are adopted"], change.Details);
    }

    [Fact]
    public void A_ConfigMap_of_other_content_takes_the_place_of_the_old_one()
    {
        var after = With(With(Config, "0123456789", "abcdef0123"), "read-only", "super-read-only");
        var change = Assert.Single(ManifestDifference.Between([Config], [after]));
        Assert.Equal((Action.Replace, "db-0123456789 → db-abcdef0123"), (change.Action, change.Name));
        Assert.Equal(["slave.cnf: - read-only", "slave.cnf: + super-read-only"], change.Details);
    }

    [Fact]
    public void A_changed_password_is_named_and_not_shown()
    {
        var change = Assert.Single(ManifestDifference.Between([Secret], [With(Secret, "old", "new")]));
        Assert.Equal(["root-password changes"], change.Details);
    }

    [Fact]
    public void An_object_that_is_no_longer_wanted_is_removed() =>
        Assert.Equal([(Action.Delete, "Secret")], ManifestDifference.Between([Secret], []).Select(change => (change.Action, change.Kind)));

    private static Manifest With(Manifest manifest, string old, string @new) => Manifest.Parse(manifest.Body.ToJsonString().Replace(old, @new, StringComparison.Ordinal));
}
