using Cli.Clusters;
using Cli.Manifests;
using Cli.Meaning;
using Cli.Sides;
using Lab.Commands;
using Lab.Manifests;
using Tests.Cli.Clusters;
using Tests.Cli.Meaning;
using Xunit;
using Action = Cli.Meaning.Action;

namespace Tests.Cli.Sides;

/// <summary>A stack against what a cluster really has.</summary>
[Collection("deployment")]
public sealed class ClusterSideTests : IDisposable
{
    private const string Stack = """[{ "name": "db", "storageClass": "standard" }]""";

    private readonly FakeApiServer server = new();

    public void Dispose() => server.Dispose();

    [Fact]
    public async Task Where_the_cluster_has_what_the_stack_says_nothing_changes_whatever_defaults_it_names()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, head);
        var (changes, look) = await CompareAsync(head);
        Assert.All(changes, change => Assert.Equal((Action.Same, change.Label), (change.Action, change.Label)));
        Assert.Equal((head.Count, "nothing in the cluster of context here stands in their way"), (changes.Count, look.Summary));
    }

    [Fact]
    public async Task What_somebody_has_changed_there_shows_as_what_the_stack_would_put_right()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, head.Select(one => one.Kind == "StatefulSet" ? Sets.With(one, "spec.replicas", "5") : one));
        var change = Assert.Single((await CompareAsync(head)).Changes, change => change.Action != Action.Same);
        Assert.Equal(("StatefulSet/db", "replicas 5 -> 3"), (change.Label, Assert.Single(change.Causes).Text));
    }

    /// <summary>The API server has sizes in its own words.</summary>
    [Fact]
    public async Task The_same_size_in_other_words_is_no_change()
    {
        var head = await ClusterWith.ObjectsAsync("""[{ "name": "db", "storageClass": "standard", "resources": { "memory": "2048Mi", "cpu": "0.5" } }]""");
        ClusterWith.Objects(server, await ClusterWith.ObjectsAsync("""[{ "name": "db", "storageClass": "standard", "resources": { "memory": "2Gi", "cpu": "500m" } }]"""));
        Assert.DoesNotContain((await CompareAsync(head)).Changes, change => change.Action != Action.Same);
    }

    /// <summary>What the head does not name may be a default, or somebody else's; what pulumi put there goes.</summary>
    [Theory]
    [InlineData("pulumi-kubernetes-1a2b", "priorityClassName high -> (none)")]
    [InlineData("kubectl-edit", null)]
    public async Task A_field_that_the_stack_no_longer_has_goes_where_it_was_pulumis(string manager, string? cause)
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, head.Select(one => one.Kind == "StatefulSet"
            ? Sets.With(
                Sets.With(one, "spec.template.spec.priorityClassName", "\"high\""), "metadata.managedFields",
                $$$"""[{ "manager": "{{{manager}}}", "fieldsV1": { "f:spec": { "f:template": { "f:spec": { "f:priorityClassName": {} } } } } }]""")
            : one));
        Assert.Equal(cause is null ? [] : [cause], (await CompareAsync(head)).Changes.Where(change => change.Kind == "StatefulSet").SelectMany(change => change.Causes).Select(one => one.Text));
    }

    [Fact]
    public async Task No_value_of_a_Secret_is_read_into_a_side_or_told()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, head.Select(one => one.Kind == "Secret" ? Sets.With(Sets.With(one, "stringData.root-password", "\"hunter2\""), "stringData.gone", "\"hunter3\"") : one));
        var (side, changes, look) = await ReadAsync(head);
        Assert.All(side.Objects.Where(one => one.Kind == "Secret"), one => Assert.DoesNotContain("hunter", one.Body.ToJsonString(), StringComparison.Ordinal));
        Assert.DoesNotContain(Convert.ToBase64String("hunter3"u8), string.Concat(side.Objects.Select(one => one.Body.ToJsonString())), StringComparison.Ordinal);
        Assert.Equal(["gone is no longer there"], changes.Single(change => change.Kind == "Secret").Causes.Select(cause => cause.Text));
        Assert.DoesNotContain("hunter", DifferenceJson.Write("a", "b", changes, look), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_stack_no_longer_has_of_its_systems_goes_and_a_configuration_that_is_kept_stays()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        var backup = head.Where(one => one.Kind == "StatefulSet").Select(one => Sets.With(Sets.With(Sets.With(one, "metadata.labels.app~kubernetes~io/component", "\"backup\""), "kind", "\"CronJob\""), "apiVersion", "\"batch/v1\"")).Select(one => Sets.Rename(one, "db-backup"));
        var kept = head.Where(one => one.Kind == "ConfigMap" && one.Name is not ("db-members" or "db-initialised")).Select(one => Sets.Rename(one, "db-0123456789"));
        ClusterWith.Objects(server, [.. head, .. backup, .. kept]);
        Assert.Equal([("CronJob/db-backup", Action.Delete, Tier.Removed)], (await CompareAsync(head)).Changes.Where(change => change.Action != Action.Same).Select(change => (change.Label, change.Action, change.Tier)));
    }

    /// <summary>Of kinds that operators bring, too, where the cluster has them.</summary>
    [Fact]
    public async Task What_a_setting_had_made_goes_with_it()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        var had = await ClusterWith.ObjectsAsync("""[{ "name": "db", "storageClass": "standard", "metrics": { "podMonitor": true, "rules": true }, "backup": { "store": { "snapshotClass": "csi" } } }]""");
        ClusterWith.Objects(server, had);
        server.WithText("/apis/monitoring.coreos.com/v1", """{ "resources": [{ "name": "podmonitors", "kind": "PodMonitor" }, { "name": "prometheusrules", "kind": "PrometheusRule" }] }""");
        foreach (var (plural, kind) in ((string, string)[])[("podmonitors", "PodMonitor"), ("prometheusrules", "PrometheusRule")])
        {
            server.WithText($"/apis/monitoring.coreos.com/v1/namespaces/default/{plural}", $$"""{ "items": [{{string.Join(',', had.Where(one => one.Kind == kind).Select(one => one.Body.ToJsonString()))}}] }""");
        }

        var gone = (await CompareAsync(head)).Changes.Where(change => change.Action == Action.Delete).Select(change => (change.Label, change.Tier));
        Assert.Equal(
            [("CronJob/db-backup", Tier.Removed), ("Deployment/db-backup-proof", Tier.NothingRestarts), ("PodMonitor/db", Tier.Removed), ("PrometheusRule/db", Tier.Removed)],
            gone.Where(one => one.Label.Split('/')[0] is "CronJob" or "Deployment" or "PodMonitor" or "PrometheusRule").OrderBy(one => one.Label, StringComparer.Ordinal));

        // Who has none of them need not have the right to list them.
        server.Refusing("/apis/monitoring.coreos.com/v1/namespaces/default/podmonitors");
        Assert.DoesNotContain((await CompareAsync(head)).Changes, change => change.Kind == "PodMonitor");
    }

    [Fact]
    public async Task A_system_that_only_the_cluster_has_may_be_another_stacks_or_one_that_goes()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, [.. head, .. await ClusterWith.ObjectsAsync("""[{ "name": "old" }]""")]);
        var (side, changes, _) = await ReadAsync(head);
        Assert.DoesNotContain(changes, change => change.Action != Action.Same);
        var other = Presence.Elsewhere(Assert.Single(side.Others));
        Assert.Equal(("StatefulSet/old", Tier.Unknown), (other.Label, other.Tier));
    }

    [Fact]
    public async Task An_object_of_another_owner_is_in_the_way_and_no_base()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, head.Select(one => one.Kind == "Service" && one.Name == "db-read" ? Sets.With(one, "metadata.labels", """{ "app": "x" }""") : one));
        var (changes, look) = await CompareAsync(head);
        Assert.Equal([("Service/db-read", Action.Create)], changes.Where(change => change.Action != Action.Same).Select(change => (change.Label, change.Action)));
        Assert.Equal(["Service default/db-read"], look.Obstacles.Select(one => one.Subject));
    }

    [Fact]
    public async Task Without_the_namespace_all_is_made_and_that_is_in_the_way()
    {
        ClusterWith.Objects(server);
        var head = await ClusterWith.ObjectsAsync("""[{ "name": "db", "namespace": "shop" }]""");
        var (side, changes, look) = await ReadAsync(head);
        Assert.Equal("what the cluster of context here has in none of the stack's namespaces", side.Name);
        Assert.All(changes, change => Assert.Equal(Action.Create, change.Action));
        Assert.Equal(["namespace shop"], look.Obstacles.Select(one => one.Subject));
    }

    /// <summary>Two sides alone do not tell what a primary runs that was held back; its pod does.</summary>
    [Theory]
    [InlineData("mysql:8.4", false, "data at risk")]
    [InlineData("mysql:8.4", true, "pods roll")]
    [InlineData("mysql:9.7", false, "pods roll")]
    public async Task The_pod_of_a_primary_that_was_held_back_says_what_its_release_means(string running, bool hasBackups, string tier)
    {
        const string backup = """, "backup": { "store": { "claim": "backups" } }""";
        var settings = $$""" "name": "db", "profile": "mysql-9.7", "storageClass": "standard"{{(hasBackups ? backup : string.Empty)}} """;
        var head = await ClusterWith.ObjectsAsync($$"""[{ {{settings}} }]""");
        var pod = Manifest.Parse($$"""
            { "apiVersion": "v1", "kind": "Pod",
              "metadata": { "name": "db-0", "labels": { "app.kubernetes.io/instance": "db" }, "ownerReferences": [{ "apiVersion": "apps/v1", "kind": "StatefulSet", "name": "db", "uid": "1", "controller": true }] },
              "spec": { "containers": [{ "name": "mysql", "image": "{{running}}" }] } }
            """);
        ClusterWith.Objects(server, [.. await ClusterWith.ObjectsAsync($$"""[{ {{settings}}, "update": { "primary": "manual" } }]"""), pod]);
        var (changes, _) = await CompareAsync(head);
        Assert.DoesNotContain(changes, change => change.Kind == "Pod");
        var set = changes.Single(change => change.Kind == "StatefulSet");
        Assert.Equal(tier, set.Tier.Word());
        Assert.Equal(running == "mysql:8.4", set.Findings.Any(finding => finding.Says!.StartsWith("8.4 -> 9.7 is one series up", StringComparison.Ordinal)));
    }

    /// <summary>As after <c>pulumi destroy</c>: a set of their name adopts them.</summary>
    [Fact]
    public async Task Pods_that_a_set_left_behind_do_not_go()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, Manifest.Parse("""{ "apiVersion": "v1", "kind": "Pod", "metadata": { "name": "db-0", "labels": { "app.kubernetes.io/instance": "db" } }, "spec": { "containers": [] } }"""));
        Assert.All((await CompareAsync(head)).Changes, change => Assert.Equal((Action.Create, change.Label), (change.Action, change.Label)));
    }

    [Fact]
    public async Task Without_the_right_to_look_it_is_one_sentence()
    {
        var head = await ClusterWith.ObjectsAsync(Stack);
        ClusterWith.Objects(server, head);
        server.Refusing("/apis/batch/v1/namespaces/default/cronjobs");
        var refused = await Assert.ThrowsAsync<CommandException>(() => ReadAsync(head));
        Assert.Equal((1, $"the cluster of context here ({server.Address}) refuses: somebody cannot do this"), (refused.ExitCode, refused.Message));
    }

    private async Task<(IReadOnlyList<ObjectChange> Changes, ClusterLook Look)> CompareAsync(IReadOnlyList<Manifest> head)
    {
        var (_, changes, look) = await ReadAsync(head);
        return (changes, look);
    }

    private async Task<(Side Side, IReadOnlyList<ObjectChange> Changes, ClusterLook Look)> ReadAsync(IReadOnlyList<Manifest> objects)
    {
        IReadOnlyList<Manifest> head = [.. objects.Select(SecretMask.Apply)];
        using var connection = ClusterConnection.Open(server.Kubeconfig, null, TimeSpan.FromSeconds(60));
        var look = await new ClusterCheck(connection).LookAsync(head);
        var side = await new ClusterSide(connection).ReadAsync(look, head, CancellationToken.None);
        return (side, ManifestDifference.Between(side.Objects, head), look);
    }
}
