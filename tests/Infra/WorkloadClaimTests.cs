using Cli.Evaluation;
using Infra.MySql;
using Infra.Web;
using Infra.Workloads;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using Xunit;

namespace Tests.Infra;

/// <summary>Claims as patches: which, in which order, of what, and what becomes of them.</summary>
[Collection("deployment")]
public sealed class WorkloadClaimTests
{
    private const string Kind = "PersistentVolumeClaimPatch";

    private readonly Engine engine = new();

    /// <summary>The primary's is the last one, and the set waits for it.</summary>
    [Fact]
    public async Task Each_pod_has_its_claim_and_they_wait_for_each_other_from_the_highest_ordinal_down()
    {
        var graph = await RunAsync(() => new MySqlCluster("shop", new MySqlClusterArgs { Name = "db", Replicas = 3 }));
        Assert.Equal(
            [("shop-data-0", "data-db-0", "shop-data-1"), ("shop-data-1", "data-db-1", "shop-data-2"), ("shop-data-2", "data-db-2", "")],
            graph.Nodes.Where(node => node.Recorded.Kind == Kind)
                .Select(node => (node.Recorded.Name, Name(node), string.Join(' ', Before(graph, node).Select(other => other.Recorded.Name)))).Order());
        var set = graph.Nodes.Single(node => node.Recorded.Kind == "StatefulSet");
        Assert.Equal(["shop-data-0"], Before(graph, set).Select(node => node.Recorded.Name));
    }

    [Fact]
    public async Task Of_several_templates_all_claims_of_a_pod_come_before_those_of_the_next()
    {
        var graph = await RunAsync(() => new OrderedWorkload("db", Small(Claim.Template("data", "1Gi"), Claim.Template("log", "2Gi"))));
        Assert.Equal(["db-data-1", "db-log-1", "db-data-0", "db-log-0"], engine.Begun.Where(one => one.Kind == Kind).Select(one => one.Name));
        var set = graph.Nodes.Single(node => node.Recorded.Kind == "StatefulSet");
        Assert.Equal(["db-log-0"], Before(graph, set).Select(node => node.Recorded.Name));
        Assert.Equal(4, graph.Before(set).Count(node => node.Recorded.Kind == Kind));
    }

    /// <summary>With fewer replicas, and without the system.</summary>
    [Fact]
    public async Task No_claim_is_ever_deleted()
    {
        await RunAsync(() => new MySqlCluster("db", new MySqlClusterArgs()));
        await RunAsync(() => new WebCluster("pages", new WebClusterArgs { Storage = "1Gi" }));
        Assert.Equal(5, engine.Begun.Count(one => one.Kind == Kind));
        Assert.All(engine.Begun.Where(one => one.Kind == Kind), one => Assert.True(one.Options.RetainOnDelete));
    }

    /// <summary>Whatever the template says, as a patch makes the claim where there is none.</summary>
    [Fact]
    public async Task A_claim_is_what_the_controller_makes_of_the_template()
    {
        var template = new PersistentVolumeClaimArgs
        {
            Metadata = new ObjectMetaArgs { Name = "data", Labels = { ["app"] = "lost", ["tier"] = "1" }, Annotations = { ["a.example/b"] = "c" } },
            Spec = new PersistentVolumeClaimSpecArgs
            {
                AccessModes = { "ReadWriteOnce" },
                StorageClassName = "fast",
                VolumeMode = "Filesystem",
                VolumeAttributesClassName = "gold",
                VolumeName = "one",
                Resources = new VolumeResourceRequirementsArgs { Requests = { ["storage"] = "1Gi" }, Limits = { ["storage"] = "2Gi" } },
                Selector = new LabelSelectorArgs { MatchLabels = { ["a"] = "b" }, MatchExpressions = { new LabelSelectorRequirementArgs { Key = "k", Operator = "In", Values = { "v" } }, new LabelSelectorRequirementArgs { Key = "l", Operator = "Exists" } } },
                DataSource = new TypedLocalObjectReferenceArgs { ApiGroup = "g", Kind = "K", Name = "n" },
                DataSourceRef = new TypedObjectReferenceArgs { ApiGroup = "g", Kind = "K", Name = "n", Namespace = "other" },
            },
        };
        await RunAsync(() => new OrderedWorkload("db", Small(template, Claim.Template("log", "2Gi")), null));
        var set = engine.Only("StatefulSet");
        foreach (var (index, name) in ((string[])["data", "log"]).Index())
        {
            Json.Equal(set["spec"]!["volumeClaimTemplates"]![index]!["spec"]!.ToJsonString(), engine.Named(Kind, $"{name}-db-1")["spec"]);
        }

        Json.Equal(
            """
            {
              "name": "data-db-1", "namespace": "shop",
              "labels": { "app": "db", "app.kubernetes.io/name": "db", "app.kubernetes.io/instance": "db", "app.kubernetes.io/component": "server", "tier": "1" },
              "annotations": { "a.example/b": "c", "pulumi.com/patchForce": "true", "pulumi.com/skipAwait": "true" }
            }
            """,
            engine.Named(Kind, "data-db-1")["metadata"]);
        Assert.Equal(("v1", "PersistentVolumeClaim"), ((string?)engine.Named(Kind, "data-db-1")["apiVersion"], (string?)engine.Named(Kind, "data-db-1")["kind"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_size_that_is_an_output_reaches_the_claims(bool preview)
    {
        var run = new Engine { Preview = preview };
        await run.RunAsync(() => { _ = new MySqlCluster("db", new MySqlClusterArgs { Storage = Output.Create("7Gi").Apply(size => size) }); });
        Assert.All(run.All(Kind), claim => Assert.Equal("7Gi", (string?)claim["spec"]!["resources"]!["requests"]!["storage"]));
        Assert.Equal(3, run.All(Kind).Count);
    }

    [Fact]
    public async Task Without_a_template_whose_name_is_known_there_are_none()
    {
        await RunAsync(() => new WebCluster("pages", new WebClusterArgs()));
        var unnamed = new PersistentVolumeClaimArgs { Metadata = new ObjectMetaArgs { Name = Output.Create(Task.Delay(20).ContinueWith(_ => "data", TaskScheduler.Default)) }, Spec = new PersistentVolumeClaimSpecArgs() };
        await RunAsync(() => new OrderedWorkload("db", Small(unnamed)));
        Assert.Empty(engine.All(Kind));
    }

    /// <summary>A name is of use once in a stack: two systems of one name in two namespaces are told apart by theirs.</summary>
    [Fact]
    public async Task Claims_are_named_after_the_component()
    {
        var graph = await RunAsync(() =>
        {
            _ = new MySqlCluster("one", new MySqlClusterArgs { Name = "db", Namespace = "a" });
            return new MySqlCluster("two", new MySqlClusterArgs { Name = "db", Namespace = "b" });
        });
        Assert.Equal(graph.Nodes.Count, graph.Nodes.Select(graph.Identity).Distinct().Count());
    }

    private static OrderedWorkloadArgs Small(params PersistentVolumeClaimArgs[] claims)
    {
        var args = SmallWorkload.Args();
        (args.Claims, args.Replicas, args.Namespace) = (claims, 2, "shop");
        return args;
    }

    private static IEnumerable<RecordedNode> Before(RecordedGraph graph, RecordedNode node) => graph.Named(node).Where(other => other.Recorded.Kind == Kind);

    private static string Name(RecordedNode node) => node.Recorded.Inputs["metadata"]!["name"]!.GetValue<string>();

    private async Task<RecordedGraph> RunAsync(Func<Resource> program)
    {
        await engine.RunAsync(() => { program(); });
        return await engine.GraphAsync();
    }
}
