using System.Xml.Linq;
using Cli.Evaluation;
using Cli.Graphs;
using Tests.Golden;
using Xunit;

namespace Tests.Cli.Graphs;

/// <summary>What a stack consists of, what waits for what, and in which order a cluster begins.</summary>
[Collection("deployment")]
public sealed class StackGraphTests
{
    private const string Small = """[{ "name": "db", "replicas": 2, "namespace": "shop", "createNamespace": true, "network": { "policy": false }, "disruptionBudget": false }]""";

    private static readonly Dictionary<string, string> Two = new() { ["mysql"] = Small, ["web"] = """[{ "name": "pages", "replicas": 1, "network": { "policy": false }, "disruptionBudget": false }]""" };

    [Fact]
    public async Task A_person_sees_what_waits_for_what_and_the_order() => Assert.Equal(
        [
            "stack test",
            "├─ Namespace shop",
            "├─ WebCluster pages",
            "│  └─ OrderedWorkload pages",
            "│     ├─ Service pages",
            "│     ├─ StatefulSet pages   after Service pages",
            "│     └─ Pod pages-0   after StatefulSet pages",
            "└─ MySqlCluster db   after Namespace shop",
            "   ├─ PersistentVolumeClaimPatch data-db-1",
            "   ├─ RandomPassword db-backup",
            "   ├─ RandomPassword db-health",
            "   ├─ RandomPassword db-replication",
            "   ├─ RandomPassword db-root",
            "   ├─ ConfigMap db-config",
            "   ├─ ConfigMap db-members",
            "   ├─ PersistentVolumeClaimPatch data-db-0   after PersistentVolumeClaimPatch data-db-1",
            "   ├─ Secret db-credentials   after RandomPassword db-backup, RandomPassword db-health, RandomPassword db-replication, RandomPassword db-root",
            "   ├─ Service db-read",
            "   ├─ Service db-write",
            "   ├─ OrderedWorkload db",
            "   │  ├─ Service db",
            "   │  ├─ StatefulSet db   after ConfigMap db-config, ConfigMap db-members, PersistentVolumeClaimPatch data-db-0, Secret db-credentials, Service db, Service db-read, Service db-write",
            "   │  ├─ Pod db-0   after StatefulSet db",
            "   │  └─ Pod db-1   after Pod db-0",
            "   └─ ConfigMap db-initialised   after Pod db-1",
            "",
            "begins in these steps, a pod when the one before it is ready",
            "  1  Namespace shop, Service pages",
            "  2  StatefulSet pages, PersistentVolumeClaimPatch data-db-1, RandomPassword db-backup, RandomPassword db-health,",
            "     RandomPassword db-replication, RandomPassword db-root",
            "  3  Pod pages-0, ConfigMap db-config, ConfigMap db-members, PersistentVolumeClaimPatch data-db-0,",
            "     Secret db-credentials, Service db-read, Service db-write, Service db",
            "  4  StatefulSet db",
            "  5  Pod db-0",
            "  6  Pod db-1",
            "  7  ConfigMap db-initialised",
        ],
        GraphTree.Lines(await GraphAsync(Two), Engine.StackName));

    [Fact]
    public async Task Mermaid_draws_the_same_with_components_as_frames() => Assert.Equal(
        [
            "flowchart LR",
            "  n0[\"Namespace<br/>shop\"]",
            "  subgraph g1[\"WebCluster pages\"]",
            "    subgraph g2[\"OrderedWorkload pages\"]",
            "      n3[\"Service<br/>pages\"]",
            "      n4[\"StatefulSet<br/>pages\"]",
            "      n5([\"pages-0\"])",
            "    end",
            "  end",
            "  n0 --> g1",
            "  n3 --> n4",
            "  n4 --> n5",
        ],
        GraphMermaid.Lines(await GraphAsync(new Dictionary<string, string> { ["web"] = """[{ "name": "pages", "replicas": 1, "namespace": "shop", "createNamespace": true, "network": { "policy": false }, "disruptionBudget": false }]""" })));

    /// <summary>Everything has to stand in the picture, nothing over anything else, and every edge has to lead from left to right, or down.</summary>
    [Fact]
    public async Task The_picture_has_every_resource_once_and_none_over_another()
    {
        var graph = await GraphAsync(Two);
        var svg = XDocument.Parse(GraphSvg.Of(graph, "test"));
        XNamespace ns = "http://www.w3.org/2000/svg";

        Assert.Equal(graph.Leaves.Select(item => item.Name).Order(StringComparer.Ordinal), svg.Descendants(ns + "text").Where(text => (string?)text.Attribute("class") == "name").Select(text => text.Value).Order(StringComparer.Ordinal));
        Assert.Equal(["WebCluster pages", "MySqlCluster db"], svg.Descendants(ns + "text").Where(text => (string?)text.Attribute("class") == "title").Select(text => text.Value));
        Assert.Equal(graph.Leaves.Concat(graph.Roots.Where(root => root.IsGroup)).Sum(item => item.After.Count), svg.Descendants(ns + "path").Count(path => (string?)path.Attribute("class") == "edge"));
        var boxes = svg.Descendants(ns + "rect").Where(rect => (string?)rect.Attribute("class") != "frame").Select(Rectangle).ToList();
        Assert.Equal(graph.Leaves.Count, boxes.Count);
        Assert.All(boxes, box => Assert.Single(boxes, other => box.Left < other.Right && other.Left < box.Right && box.Top < other.Bottom && other.Top < box.Bottom));
        Assert.DoesNotContain("href", svg.ToString(), StringComparison.Ordinal);
        Assert.Contains("prefers-color-scheme: dark", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_registration_changes_nothing()
    {
        var engine = new Engine { Before = resource => Task.Delay(resource.Kind == "Service" ? 30 : 0) };
        await engine.RunStackAsync(Two);
        Assert.Equal(GraphSvg.Of(await GraphAsync(Two), "test"), GraphSvg.Of(StackGraph.Of(await engine.GraphAsync()), "test"));
    }

    /// <summary>By the name of the golden tests, so that ./dev golden brings it up to date with them.</summary>
    [Fact]
    public async Task The_picture_of_the_README_registers_what_its_file_says()
    {
        var picture = Path.Combine("docs", "images", "dev-stack.svg");
        Assert.Contains($"]({picture})", await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md")), StringComparison.Ordinal);
        var stack = StackFile.Read(Repository.Root, "dev", []);
        GoldenFile.EqualFile(picture, GraphSvg.Of(await GraphAsync(stack.Config), "dev"));
    }

    private static async Task<StackGraph> GraphAsync(IReadOnlyDictionary<string, string> config)
    {
        var engine = new Engine();
        await engine.RunStackAsync(config);
        return StackGraph.Of(await engine.GraphAsync());
    }

    private static (double Left, double Top, double Right, double Bottom) Rectangle(XElement rect)
    {
        var (x, y) = ((double)rect.Attribute("x")!, (double)rect.Attribute("y")!);
        return (x, y, x + (double)rect.Attribute("width")!, y + (double)rect.Attribute("height")!);
    }
}
