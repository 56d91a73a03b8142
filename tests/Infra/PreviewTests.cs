using Cli.Evaluation;
using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Utilities;
using Xunit;

namespace Tests.Infra;

/// <summary>What shows only around a component: previews in which values are not known yet, providers, parents, secrets, protection.</summary>
[Collection("deployment")]
public sealed class PreviewTests
{
    [Fact]
    public async Task A_preview_goes_through_with_every_input_unknown()
    {
        var (engine, graph) = await RunAsync(preview: true, () => new MySqlCluster("db", new MySqlClusterArgs
        {
            Namespace = Unknown(""),
            Domain = Unknown(""),
            Images = new() { Server = Unknown("") },
            ImagePullPolicy = Unknown(""),
            Storage = Unknown(""),
            StorageClass = Unknown(""),
            Cpu = Unknown(""),
            Memory = Unknown(""),
            ServerOptions = new() { ["max_connections"] = Unknown("") },
            MaxLagSeconds = Unknown(1),
            MaxAwaySeconds = Unknown(1),
            SeedTimeoutSeconds = Unknown(1),
            SeedStallSeconds = Unknown(1),
            ProbeTimeoutSeconds = Unknown(1),
            GracePeriodSeconds = Unknown(1),
            Read = new() { Type = Unknown(""), Annotations = new() { ["a"] = Unknown("") } },
            Pod = new() { Labels = new() { ["team"] = Unknown("") }, Containers = new() { ["mysql"] = new() { Env = [new EnvVarArgs { Name = "TZ", Value = Unknown("") }] } } },
        }));
        var set = Node(graph, "StatefulSet db");
        foreach (var path in (string[])["metadata.namespace", "spec.template.metadata.labels", "spec.template.spec.terminationGracePeriodSeconds", "spec.volumeClaimTemplates[0].spec.storageClassName"])
        {
            Assert.Contains(path, set.Marks.Unknowns);
        }

        // A name that would be made of what is not known is not known either, and nothing stands in for it.
        Assert.Equal(["data", "metadata.name", "metadata.namespace"], Node(graph, "ConfigMap db-config").Marks.Unknowns);
        Assert.Equal(["metadata.annotations", "metadata.namespace", "spec.type"], Node(graph, "Service db-read").Marks.Unknowns);
        Assert.Equal(["adminPassword", "passwords", "podHosts", "reader", "serverImage", "writer"], Node(graph, "MySqlCluster db").Outputs.Unknowns);
        Assert.Equal(engine.Announced.Count, graph.Nodes.Count);
    }

    [Fact]
    public async Task In_a_first_preview_only_the_passwords_are_unknown()
    {
        var (_, graph) = await RunAsync(preview: true, () => new MySqlCluster("db", new MySqlClusterArgs()));
        Assert.Equal(
            ["MySqlCluster db adminPassword", "MySqlCluster db passwords", "Secret db-credentials stringData"],
            graph.Nodes.SelectMany(node => node.Marks.Unknowns.Concat(node.Outputs.Unknowns), (node, path) => $"{node.Recorded.Label} {path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_output_of_another_resource_may_be_any_input()
    {
        var (engine, graph) = await RunAsync(preview: false, () =>
        {
            var place = new Namespace("shop", new() { Metadata = new global::Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs { Name = "shop" } });
            return new WebCluster("pages", new WebClusterArgs { Namespace = place.Metadata.Apply(meta => meta.Name), Storage = place.Metadata.Apply(_ => "1Gi") });
        });
        Assert.Equal("shop", engine.Only("StatefulSet")["metadata"]!["namespace"]!.GetValue<string>());
        Assert.Equal("pages.shop.svc", Node(graph, "WebCluster pages").Outputs.Values["reader"]!["host"]!.GetValue<string>());
        var place = Node(graph, "Namespace shop");
        Assert.All(graph.Objects.Where(node => node != place), node => Assert.Contains(place, graph.Before(node)));
    }

    [Fact]
    public async Task A_provider_handed_to_a_component_reaches_every_object()
    {
        var (engine, _) = await RunAsync(preview: false, () =>
        {
            var provider = new Provider("other", new ProviderArgs { Namespace = "shop" });
            var options = new ComponentResourceOptions { Provider = provider };
            _ = new WebCluster("pages", new WebClusterArgs(), options);
            return new MySqlCluster("db", new MySqlClusterArgs(), options);
        });
        var objects = engine.Begun.Where(resource => resource.IsKubernetes).ToList();
        Assert.Equal(17, objects.Count);
        Assert.All(objects, resource => Assert.EndsWith("::other::other", resource.Provider, StringComparison.Ordinal));
        Assert.All(engine.Begun.Where(resource => resource.Kind == "RandomPassword"), resource => Assert.Equal(string.Empty, resource.Provider));
    }

    /// <summary>The namespace is the provider's then, and nothing of ours overrides it.</summary>
    [Fact]
    public async Task Without_a_namespace_no_object_names_one()
    {
        var (engine, graph) = await RunAsync(preview: false, () => new MySqlCluster("db", new MySqlClusterArgs()));
        Assert.All(engine.Begun.Where(resource => resource.IsKubernetes), resource => Assert.Null(resource.Inputs["metadata"]!["namespace"]));
        Assert.Equal("db-write.default.svc", Node(graph, "MySqlCluster db").Outputs.Values["writer"]!["host"]!.GetValue<string>());
    }

    [Fact]
    public async Task Everything_of_a_component_stands_under_it()
    {
        var (_, graph) = await RunAsync(preview: false, () => new MySqlCluster("db", new MySqlClusterArgs()));
        Assert.Equal(
            [
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:ConfigMap::db-config",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:ConfigMap::db-initialised",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:ConfigMap::db-members",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:PersistentVolumeClaimPatch::db-data-0",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:PersistentVolumeClaimPatch::db-data-1",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:PersistentVolumeClaimPatch::db-data-2",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:Secret::db-credentials",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:Service::db-read",
                "stateful-applications:index:MySqlCluster$kubernetes:core/v1:Service::db-write",
                "stateful-applications:index:MySqlCluster$random:index/randomPassword:RandomPassword::db-backup",
                "stateful-applications:index:MySqlCluster$random:index/randomPassword:RandomPassword::db-health",
                "stateful-applications:index:MySqlCluster$random:index/randomPassword:RandomPassword::db-replication",
                "stateful-applications:index:MySqlCluster$random:index/randomPassword:RandomPassword::db-root",
                "stateful-applications:index:MySqlCluster$stateful-applications:index:OrderedWorkload$kubernetes:apps/v1:StatefulSet::db",
                "stateful-applications:index:MySqlCluster$stateful-applications:index:OrderedWorkload$kubernetes:core/v1:Service::db-headless",
                "stateful-applications:index:MySqlCluster$stateful-applications:index:OrderedWorkload$kubernetes:networking.k8s.io/v1:NetworkPolicy::db",
                "stateful-applications:index:MySqlCluster$stateful-applications:index:OrderedWorkload$kubernetes:policy/v1:PodDisruptionBudget::db",
                "stateful-applications:index:MySqlCluster$stateful-applications:index:OrderedWorkload::db",
                "stateful-applications:index:MySqlCluster::db",
            ],
            graph.Nodes.Select(graph.Identity).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Passwords_stay_secret_on_the_way()
    {
        var (_, graph) = await RunAsync(preview: false, () => new MySqlCluster("db", new MySqlClusterArgs()));
        Assert.Equal(
            ["MySqlCluster db adminPassword", "MySqlCluster db passwords", "Secret db-credentials stringData"],
            graph.Nodes.SelectMany(node => node.Marks.Secrets.Concat(node.Outputs.Secrets), (node, path) => $"{node.Recorded.Label} {path}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_a_user_hands_over_stays_secret()
    {
        var (_, graph) = await RunAsync(preview: false, () => new MySqlCluster("db", new MySqlClusterArgs
        {
            ServerOptions = new() { ["init_connect"] = Output.CreateSecret("select 1") },
            Pod = new() { Containers = new() { ["mysql"] = new() { Env = [new EnvVarArgs { Name = "TOKEN", Value = Output.CreateSecret("hidden") }] } } },
        }));
        Assert.Contains("data", Node(graph, "ConfigMap db-config").Marks.Secrets);
        Assert.Contains(Node(graph, "StatefulSet db").Marks.Secrets, path => path.EndsWith(".value", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Protection_of_a_component_is_its_users()
    {
        var (_, graph) = await RunAsync(preview: false, () => new MySqlCluster("db", new MySqlClusterArgs(), new ComponentResourceOptions { Protect = true }));
        Assert.Equal(true, Node(graph, "MySqlCluster db").Recorded.Options.Protect);
        Assert.All(graph.Nodes.Where(node => graph.ParentOf(node) is not null), node => Assert.Null(node.Recorded.Options.Protect));
    }

    [Theory]
    [InlineData(1, null, null, 75)]
    [InlineData(3, null, null, 85)]
    [InlineData(3, 90, null, 27)]
    [InlineData(3, 61, null, 27)]
    [InlineData(3, 60, null, 26)]
    [InlineData(3, 60, 7, 7)]
    public async Task A_deployment_waits_as_long_as_one_slow_start_may_take(int replicas, int? startup, int? minutes, int expected)
    {
        var (_, graph) = await RunAsync(preview: false, () => new MySqlCluster("db", new MySqlClusterArgs { Replicas = replicas, StartupSeconds = startup, TimeoutMinutes = minutes }));
        var timeouts = Node(graph, "StatefulSet db").Recorded.Options.CustomTimeouts!;
        Assert.Equal((TimeSpan.FromMinutes(expected), TimeSpan.FromMinutes(expected), null), (timeouts.Create, timeouts.Update, timeouts.Delete));
    }

    [Theory]
    [InlineData(null, 20)]
    [InlineData(3, 3)]
    public async Task A_web_cluster_and_any_workload_wait_for_each_pod(int? minutes, int expected)
    {
        var args = SmallWorkload.Args();
        (args.Replicas, args.TimeoutMinutes) = (2, minutes);
        var (_, graph) = await RunAsync(preview: false, () =>
        {
            _ = new WebCluster("pages", new WebClusterArgs { TimeoutMinutes = minutes });
            return new OrderedWorkload("db", args);
        });
        Assert.All(
            graph.Nodes.Where(node => node.Recorded.Kind == "StatefulSet"),
            node => Assert.Equal(TimeSpan.FromMinutes(expected), node.Recorded.Options.CustomTimeouts!.Create));
    }

    private static Output<T> Unknown<T>(T value) => OutputUtilities.CreateUnknown(value);

    private static RecordedNode Node(RecordedGraph graph, string label) => Assert.Single(graph.Nodes, node => node.Recorded.Label == label);

    private static async Task<(Engine Engine, RecordedGraph Graph)> RunAsync(bool preview, Func<Resource> program)
    {
        var engine = new Engine { Preview = preview };
        await engine.RunAsync(() => { program(); });
        return (engine, await engine.GraphAsync());
    }
}
