using Cli.Meaning;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Meaning;

/// <summary>What it means that a backup or a restore comes or goes.</summary>
public sealed class RestoreMeaningTests
{
    private static Manifest Claim => Sets.With(
        Of("PersistentVolumeClaim", "v1", "data-db-0", "database", """{ "accessModes": ["ReadWriteOnce"], "resources": { "requests": { "storage": "10Gi" } } }"""), "metadata.annotations", """{ "pulumi.com/patchForce": "true" }""");

    private static Manifest Job => Of(
        "Job", "batch/v1", "db-restore-1", "restore",
        """{ "template": { "spec": { "volumes": [{ "name": "data", "persistentVolumeClaim": { "claimName": "data-db-0" } }] } } }""");

    [Fact]
    public void A_restore_of_a_system_that_is_there_is_refused()
    {
        var changes = ManifestDifference.Between([Sets.MySql], [Sets.MySql, Claim, Job]);
        Assert.Equal(
            [("Job/db-restore-1", Tier.DataAtRisk), ("PersistentVolumeClaim/data-db-0", Tier.NothingRestarts)],
            changes.Where(change => change.Action == global::Cli.Meaning.Action.Create).Select(change => (change.Label, change.Tier)).Order());
        Assert.Contains("StatefulSet db is there already: the restore finds its data and is REFUSED, and the deployment fails", changes.SelectMany(DifferenceText.Sentences));
    }

    [Fact]
    public void A_claim_that_is_no_patch_cannot_be_made_twice() => Assert.Contains(
        "StatefulSet db has the claim data-db-0 already: the API server refuses to make it, and the deployment fails",
        ManifestDifference.Between([Sets.MySql], [Sets.MySql, Sets.With(Claim, "metadata.annotations", null)]).SelectMany(DifferenceText.Sentences));

    [Fact]
    public void A_restore_of_a_new_system_is_no_danger() =>
        Assert.All(ManifestDifference.Between([], [Sets.MySql, Claim, Job]), change => Assert.Equal(Tier.NothingRestarts, change.Tier));

    [Fact]
    public void A_restore_that_is_taken_away_leaves_all_as_it_is() =>
        Assert.Equal(
            [("Job/db-restore-1", Tier.NothingRestarts), ("PersistentVolumeClaim/data-db-0", Tier.NothingRestarts)],
            ManifestDifference.Between([Sets.MySql, Claim, Job], [Sets.MySql]).Where(change => change.Action == global::Cli.Meaning.Action.Delete).Select(change => (change.Label, change.Tier)).Order());

    [Fact]
    public void Backups_that_are_taken_away_are_missed()
    {
        var change = Assert.Single(ManifestDifference.Between([Of("CronJob", "batch/v1", "db-backup", "backup", "{}")], []));
        Assert.Equal(Tier.Removed, change.Tier);
        Assert.Equal(["no backups are made any more; those that there are stay"], DifferenceText.Sentences(change));
    }

    [Theory]
    [InlineData(true, true, "CronJob", "db", "backup", "pods roll")]
    [InlineData(true, false, "CronJob", "db", "backup", "pods roll")]
    [InlineData(false, true, "CronJob", "db", "backup", "data at risk")]
    [InlineData(true, true, "CronJob", "other", "backup", "data at risk")]
    [InlineData(true, true, "CronJob", "db", "database", "data at risk")]
    [InlineData(true, true, "Job", "db", "backup", "data at risk")]
    public void A_later_series_asks_for_a_backup_that_the_servers_of_before_can_make(bool before, bool after, string kind, string system, string component, string tier)
    {
        var backup = Sets.With(Of(kind, "batch/v1", "db-backup", component, "{}"), "metadata.labels.app~kubernetes~io/instance", $"\"{system}\"");
        var later = Sets.With(Sets.MySql, "spec.template.spec.containers.0.image", "\"mysql:9.7\"");
        var change = ManifestDifference.Between(before ? [Sets.MySql, backup] : [Sets.MySql], after ? [later, backup] : [later]).Single(change => change.Kind == "StatefulSet");
        Assert.Equal((tier, tier == "data at risk"), (change.Tier.Word(), change.IsRefused));
        var step = change.Findings.Single(finding => finding.Says!.StartsWith("8.4 -> 9.7 is one series up", StringComparison.Ordinal));
        Assert.Equal(
            tier == "data at risk"
                ? "deploy backup by itself first, and make one; or copy the primary's volume, and acknowledge it (docs/upgrades.md)"
                : "./dev backup now, before it is deployed; and hold the primary back with update.primary: manual until the replicas do well (docs/upgrades.md)",
            step.Safely);
    }

    [Theory]
    [InlineData("containers.0.env.0.value", "\"7\"", "removed", "the next run removes the good backups beyond the newest 7")]
    [InlineData("containers.0.env.0.value", "\"30\"", "nothing restarts", null)]
    [InlineData("containers.0.env.1.value", "\"90\"", "removed", "the next run removes the good backups that are older than 90 days, but the newest")]
    [InlineData("containers.0.env.2.value", "\"other:bucket\"", "removed", "another store: backups that there are stay where they are, nobody looks after them, and a restore from the new one finds none of them")]
    [InlineData("containers.0.env.2", null, "removed", "another store: backups that there are stay where they are, nobody looks after them, and a restore from the new one finds none of them")]
    [InlineData("volumes.0.persistentVolumeClaim.claimName", "\"other\"", "removed", "another store: backups that there are stay where they are, nobody looks after them, and a restore from the new one finds none of them")]
    [InlineData("volumes.1.secret.secretName", "\"other\"", "unknown", "whether the other Secret leads to the same store, and decrypts the backups that are there, is not known")]
    [InlineData("containers.0.image", "\"mysql:9.7\"", "nothing restarts", null)]
    public void Backups_that_are_kept_elsewhere_or_fewer_of_them_are_told_of(string field, string? value, string tier, string? says)
    {
        var before = Of("CronJob", "batch/v1", "db-backup", "backup", $$"""{ "jobTemplate": { "spec": { "template": { "spec": {{Storing("backup")}} } } } }""");
        var change = Assert.Single(ManifestDifference.Between([before], [Sets.With(before, $"spec.jobTemplate.spec.template.spec.{field}", value)]));
        Assert.Equal(tier, change.Tier.Word());
        Assert.Equal(says is null ? ["from its next run on"] : [says, "from its next run on"], DifferenceText.Sentences(change));
    }

    [Fact]
    public void A_limit_of_days_that_is_taken_away_removes_nothing()
    {
        var before = Sets.With(
            Of("CronJob", "batch/v1", "db-backup", "backup", $$"""{ "jobTemplate": { "spec": { "template": { "spec": {{Storing("backup")}} } } } }"""), "spec.jobTemplate.spec.template.spec.containers.0.env.1.value", "\"90\"");
        Assert.Equal(Tier.NothingRestarts, Assert.Single(ManifestDifference.Between([before], [Sets.With(before, "spec.jobTemplate.spec.template.spec.containers.0.env.1.value", "\"0\"")])).Tier);
    }

    [Theory]
    [InlineData("containers.0.env.2.value", "\"other:bucket\"", "removed")]
    [InlineData("volumes.1.secret.secretName", "\"other\"", "unknown")]
    [InlineData("volumes.0.persistentVolumeClaim.claimName", "\"other\"", "removed")]
    [InlineData("containers.0.env.0.value", "\"7\"", "pods roll")]
    public void An_archive_of_another_store_has_none_of_the_logs_of_before(string field, string value, string tier)
    {
        var before = Of("StatefulSet", "apps/v1", "db-archive", "archive", $$"""{ "replicas": 1, "template": { "spec": {{Storing("archive")}} } }""");
        Assert.Equal(tier, Assert.Single(ManifestDifference.Between([before], [Sets.With(before, $"spec.template.spec.{field}", value)])).Tier.Word());
    }

    /// <summary>Its name says what it restores.</summary>
    [Theory]
    [InlineData("restore", "nothing restarts")]
    [InlineData("migration", "replaced")]
    public void A_restore_that_is_made_again_finds_its_work_done(string component, string tier)
    {
        var before = Of("Job", "batch/v1", "db-restore-1", component, """{ "template": { "spec": { "containers": [{ "name": "restore", "image": "mysql:8.4" }] } } }""");
        var change = Assert.Single(ManifestDifference.Between([before], [Sets.With(before, "spec.template.spec.containers.0.image", "\"mysql:9.7\"")]));
        Assert.Equal((global::Cli.Meaning.Action.Replace, tier), (change.Action, change.Tier.Word()));
    }

    [Fact]
    public void What_proves_snapshots_is_missed_by_those_that_come()
    {
        var change = Assert.Single(ManifestDifference.Between([Of("Deployment", "apps/v1", "db-backup-proof", "proof", """{ "replicas": 0, "template": {} }""")], []));
        Assert.Equal(Tier.NothingRestarts, change.Tier);
        Assert.Equal(["no snapshot is proved any more, and none that is made from then on is called good"], DifferenceText.Sentences(change));
    }

    [Theory]
    [InlineData("STORE_SNAPSHOTS", "removed")]
    [InlineData("SNAPSHOT_CLASS", "nothing restarts")]
    public void Snapshots_in_the_place_of_copies_are_another_store_and_those_of_another_class_are_not(string variable, string tier)
    {
        var before = Of("CronJob", "batch/v1", "db-backup", "backup", $$"""{ "jobTemplate": { "spec": { "template": { "spec": { "containers": [{ "name": "backup", "image": "mysql:8.4", "env": [{ "name": "{{variable}}", "value": "a" }] }] } } } } }""");
        Assert.Equal(tier, Assert.Single(ManifestDifference.Between([before], [Sets.With(before, "spec.jobTemplate.spec.template.spec.containers.0.env.0.value", "\"b\"")])).Tier.Word());
    }

    [Fact]
    public void An_archive_that_is_taken_away_is_missed()
    {
        var change = Assert.Single(ManifestDifference.Between([Of("StatefulSet", "apps/v1", "db-archive", "archive", """{ "replicas": 1, "template": {} }""")], []));
        Assert.Equal(Tier.Removed, change.Tier);
        Assert.Equal(["no binary logs are archived any more: what is written from then on comes with the next backup only; those that there are stay"], DifferenceText.Sentences(change));
    }

    [Fact]
    public void Somebody_elses_claim_is_deleted_with_its_data() =>
        Assert.Equal(Tier.DataAtRisk, Assert.Single(ManifestDifference.Between([Manifest.Parse("""{ "apiVersion": "v1", "kind": "PersistentVolumeClaim", "metadata": { "name": "data-db-0" } }""")], [])).Tier);

    private static string Storing(string container) => $$"""
        { "containers": [{ "name": "{{container}}", "image": "mysql:8.4", "env": [{ "name": "KEEP_COUNT", "value": "14" }, { "name": "KEEP_DAYS", "value": "0" }, { "name": "STORE_REMOTE", "value": "shop:bucket" }],
            "volumeMounts": [{ "name": "store", "mountPath": "/mnt/store" }] }],
          "volumes": [{ "name": "store", "persistentVolumeClaim": { "claimName": "backups" } }, { "name": "store-secret", "secret": { "secretName": "rclone" } }] }
        """;

    private static Manifest Of(string kind, string apiVersion, string name, string component, string spec) => Manifest.Parse(
        $$"""
        { "apiVersion": "{{apiVersion}}", "kind": "{{kind}}",
          "metadata": { "name": "{{name}}", "labels": { "app.kubernetes.io/managed-by": "pulumi", "app.kubernetes.io/name": "mysql", "app.kubernetes.io/component": "{{component}}" } },
          "spec": {{spec}} }
        """);
}
