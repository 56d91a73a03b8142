using Cli.Evaluation;
using Infra.MySql;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Xunit;

namespace Tests.Infra;

/// <summary>What waits for what, read off the edges of the recorded graph; and that the engine keeps to these edges.</summary>
[Collection("deployment")]
public sealed class RegistrationOrderTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string> Held => ["Secret mysql-credentials", "ConfigMap mysql-config", "ConfigMap mysql-members", "NetworkPolicy mysql", "PersistentVolumeClaimPatch mysql-data-2", "PersistentVolumeClaimPatch mysql-data-0", "StatefulSet mysql", "Service mysql-headless", "Service mysql-read", "Service mysql-write", "RandomPassword mysql-health", "Namespace shop", "MySqlCluster mysql"];

    [Fact]
    public async Task The_StatefulSet_waits_for_each_object_that_its_pods_need()
    {
        var graph = await GraphAsync();
        Assert.Equal(
            ["ConfigMap mysql-config", "ConfigMap mysql-members", "NetworkPolicy mysql", "PersistentVolumeClaimPatch mysql-data-0", "Secret mysql-credentials", "Service mysql-headless", "Service mysql-read", "Service mysql-write"],
            Labels(graph.Named(Node(graph, "StatefulSet mysql")).Where(node => node.Recorded.IsKubernetes)));
    }

    [Fact]
    public async Task Only_the_headless_Services_name_and_the_ConfigMaps_name_flow_into_the_StatefulSet()
    {
        var graph = await GraphAsync();
        Assert.Equal(
            [
                ("ConfigMap mysql-config", "spec.template.spec.volumes[1].configMap.name"),
                ("ConfigMap mysql-config", "spec.template.spec.volumes[2].configMap.name"),
                ("Service mysql-headless", "spec.serviceName"),
            ],
            Node(graph, "StatefulSet mysql").Marks.Flows.Select(flow => (graph.Find(flow.From)!.Recorded.Label, flow.Path)).Order());
    }

    [Fact]
    public async Task That_the_cluster_has_begun_is_said_when_its_pods_are_ready()
    {
        var graph = await GraphAsync();
        Assert.Equal(["StatefulSet mysql"], Labels(graph.Named(Node(graph, "ConfigMap mysql-initialised"))));
    }

    [Fact]
    public async Task The_Secret_waits_for_every_password()
    {
        var graph = await GraphAsync();
        Assert.Equal(
            ["RandomPassword mysql-backup", "RandomPassword mysql-health", "RandomPassword mysql-replication", "RandomPassword mysql-root"],
            Labels(graph.Named(Node(graph, "Secret mysql-credentials"))));
    }

    [Fact]
    public async Task Everything_of_a_cluster_waits_for_what_the_component_depends_on()
    {
        var graph = await GraphAsync();
        var place = Node(graph, "Namespace shop");
        Assert.Equal([place], graph.Nodes.Where(node => !graph.Before(node).Contains(place)));
    }

    /// <summary>
    /// The engine answers one resource only when all that do not wait for it have begun; whatever began before that answer did not wait. No test has to
    /// guess how long nothing happens.
    /// </summary>
    [Theory]
    [MemberData(nameof(Held))]
    public async Task What_waits_for_a_resource_begins_after_its_answer(string held)
    {
        var graph = await GraphAsync();
        var waiting = graph.Nodes.Where(node => graph.Before(node).Contains(Node(graph, held))).Select(node => node.Recorded.Label).ToHashSet();
        var others = graph.Nodes.Select(node => node.Recorded.Label).Where(label => label != held && !waiting.Contains(label)).ToHashSet();
        var othersHaveBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new HashSet<string>();
        List<string> early = [];
        var answered = others.Count == 0;

        await RunAsync(new Engine
        {
            Before = async resource =>
            {
                lock (begun)
                {
                    begun.Add(resource.Label);
                    if (waiting.Contains(resource.Label) && !answered)
                    {
                        early.Add(resource.Label);
                    }

                    if (others.IsSubsetOf(begun))
                    {
                        othersHaveBegun.TrySetResult();
                    }
                }

                if (resource.Label == held)
                {
                    await othersHaveBegun.Task.WaitAsync(Limit);
                    lock (begun)
                    {
                        answered = true;
                    }
                }
            },
        });
        Assert.NotEmpty(waiting);
        Assert.Empty(early);
        Assert.Equal(graph.Nodes.Count, begun.Count);
    }

    private static async Task<RecordedGraph> GraphAsync()
    {
        var engine = new Engine();
        await RunAsync(engine);
        return await engine.GraphAsync();
    }

    private static Task RunAsync(Engine engine) => engine.RunAsync(() =>
    {
        var place = new Namespace("shop");
        _ = new MySqlCluster("mysql", new MySqlClusterArgs(), new ComponentResourceOptions { DependsOn = { place } });
    });

    private static RecordedNode Node(RecordedGraph graph, string label) => Assert.Single(graph.Nodes, node => node.Recorded.Label == label);

    private static IEnumerable<string> Labels(IEnumerable<RecordedNode> nodes) => nodes.Select(node => node.Recorded.Label).Order(StringComparer.Ordinal);
}
