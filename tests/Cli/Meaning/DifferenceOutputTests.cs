using System.Text.Json.Nodes;
using Cli.Checks;
using Cli.Clusters;
using Cli.Commands;
using Cli.Meaning;
using Json.Schema;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Meaning;

/// <summary>How a difference is written: for people, for a pull request and for programs.</summary>
public sealed class DifferenceOutputTests
{
    private static readonly IReadOnlyList<ObjectChange> Some = ManifestDifference.Between(
        [Sets.Config("db-0123456789", "max_connections = 1"), Sets.Other, Service()],
        [Sets.Config("db-abcdef0123", "max_connections = 2"), Sets.With(Sets.Other, "spec.template.spec.priority", "1"), Service(), Sets.Rename(Sets.Stateless, "new")]);

    [Fact]
    public void People_read_the_gravest_first_and_a_summary_last() => Assert.Equal(
        [
            "pods roll",
            "  ~  StatefulSet/kv",
            "       priority (none) -> 1",
            "     * pods roll: kv-2, kv-1, kv-0, one by one, each when the one before it is ready",
            "nothing restarts",
            "  +- ConfigMap/db-0123456789 -> db-abcdef0123",
            "       primary.cnf: - max_connections = 1",
            "       primary.cnf: + max_connections = 2",
            "     * named after its content: it is made before pods roll, and the one before it goes when they have",
            "  +  StatefulSet/new",
            "     * pods start: new-0, new-1, new-2",
            "3 objects change: 1 pods roll, 2 nothing restarts; 1 stays the same",
        ],
        DifferenceText.Lines(Some));

    [Fact]
    public void Nothing_is_said_in_one_line() => Assert.Equal(["nothing changes: 1 stays the same"], DifferenceText.Lines(ManifestDifference.Between([Service()], [Service()])));

    [Fact]
    public void Markdown_takes_nothing_from_a_stack_for_markup()
    {
        var text = DifferenceMarkdown.Write("a -> <b>", ManifestDifference.Between([Service()], [Sets.With(Service(), "spec.type", "\"`<img src=x>`\"")]));
        Assert.Equal(
            """
            ### 1 object changes: 1 nothing restarts; 0 stay the same

            a -&gt; &lt;b&gt;

            #### nothing restarts

            - `~` **Service/web**
              - ``` type ClusterIP -> `<img src=x>` ```
              - it is reached in another way, within the cluster as before

            """,
            text);
    }

    [Fact]
    public void Programs_read_what_the_schema_describes()
    {
        var schema = JsonSchema.FromFile(Path.Combine(Repository.Root, "docs", "schemas", "diff.json"));
        var risky = DiffCommand.Allow(ManifestDifference.Between([Sets.MySql, Service()], [Sets.Rename(Sets.MySql, "store")]), []);
        foreach (var (changes, look) in new[] { (Some, Look()), (risky, Look(new Violation("namespace shop", "it is missing"))), ([], null) })
        {
            var result = schema.Evaluate(JsonNode.Parse(DifferenceJson.Write("a", "b", changes, look)), new EvaluationOptions { OutputFormat = OutputFormat.List });
            Assert.True(result.IsValid, string.Join('\n', result.Details.Where(detail => detail.HasErrors).Select(detail => $"{detail.InstanceLocation}: {string.Join(", ", detail.Errors!.Values)}")));
        }

        Assert.False(schema.Evaluate(JsonNode.Parse(DifferenceJson.Write("a", "b", Some).Replace("pods roll", "pods dance", StringComparison.Ordinal))).IsValid);
    }

    [Fact]
    public void What_is_in_the_way_in_a_cluster_stands_before_all_else()
    {
        var look = Look(new Violation("namespace shop", "it is <missing>"));
        Assert.Equal(
            ["in the way", "  !  namespace shop: it is <missing>", "nothing changes: 0 stay the same", "1 thing in the cluster of context kind would not let them be made"],
            DifferenceText.Lines([], look));
        Assert.Equal(
            """
            ### nothing changes: 0 stay the same

            a

            #### 1 thing in the cluster of context kind would not let them be made

            - namespace shop: it is &lt;missing&gt;

            """,
            DifferenceMarkdown.Write("a", [], look));
    }

    [Fact]
    public void Who_knows_what_is_at_risk_says_so_by_its_name()
    {
        var changes = ManifestDifference.Between([Sets.MySql], [Sets.Rename(Sets.MySql, "store")]);
        Assert.Contains(DiffCommand.Allow(changes, []), change => change.IsRefused);
        Assert.Contains(DiffCommand.Allow(changes, ["StatefulSet/db"]), change => change.IsRefused);
        Assert.DoesNotContain(DiffCommand.Allow(changes, ["StatefulSet/store"]), change => change.IsRefused);
    }

    [Theory]
    [InlineData("diff", "diff takes BASE (a git revision, a folder of manifests or a stack), or --context NAME (what is in a cluster), or --pulumi preview.json")]
    [InlineData("diff --pulumi preview.json --context kind", "--context looks for the objects of HEAD, and a preview is not compared with a cluster; diff --context NAME alone compares the stack with it")]
    [InlineData("diff --context kind -c mysql[0].replicas=5", null)]
    [InlineData("diff main v2 --kubeconfig config", null)]
    [InlineData("diff main --pulumi preview.json", "--pulumi takes the place of BASE and HEAD")]
    [InlineData("diff main --json --markdown", "--markdown and --json exclude each other")]
    [InlineData("diff main v2 -c mysql[0].replicas=5", "-c puts settings over those of the working tree, and the working tree is not compared here")]
    [InlineData("diff main -c mysql[0].replicas=5 --allow StatefulSet/mysql --allow StatefulSet/web --markdown --stack shop", null)]
    [InlineData("diff --pulumi preview.json --json", null)]
    public void A_command_line_that_cannot_be_meant_is_refused(string line, string? says) => Assert.Equal(
        says, new System.CommandLine.Command("./dev") { DiffCommand.Create() }.Parse(line.Split(' ')).Errors.Select(error => error.Message).SingleOrDefault());

    private static ClusterLook Look(params Violation[] obstacles) => new("kind", obstacles, [], []);

    private static Manifest Service() => Manifest.Parse("""{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "web" }, "spec": { "type": "ClusterIP" } }""");
}
