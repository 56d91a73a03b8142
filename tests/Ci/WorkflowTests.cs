using System.Text.RegularExpressions;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Tests.Ci;

/// <summary>What holds of every workflow, so that a pull request of a stranger can neither run with rights nor write into a script.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, ".github", "workflows");

    public static TheoryData<string> Workflows => [.. Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_tests_previews_and_comments() =>
        Assert.Equal(["comment.yml", "preview.yml", "test.yml"], Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_action_is_pinned_by_its_commit_with_its_version_beside_it(string file)
    {
        var lines = File.ReadLines(Path.Combine(Folder, file)).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(Pinned(), line));
        // Nothing that a reading of lines would miss.
        Assert.Equal(lines.Count, All(Read(file)).OfType<YamlMappingNode>().Count(node => node.Children.ContainsKey("uses")));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void No_workflow_runs_a_strangers_code_with_rights(string file) =>
        Assert.DoesNotContain("pull_request_target", All(Read(file)["on"]).OfType<YamlScalarNode>().Select(node => node.Value));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Rights_are_declared_at_the_top_and_are_to_read_at_most(string file)
    {
        var rights = Assert.IsType<YamlMappingNode>(Read(file)["permissions"]);
        Assert.All(rights.Children, right => Assert.Equal("read", right.Value.ToString()));
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void No_script_has_an_expression_written_into_it(string file) =>
        Assert.DoesNotContain(
            All(Read(file)).OfType<YamlMappingNode>().Where(node => node.Children.ContainsKey("run")).Select(node => node["run"].ToString()),
            script => script.Contains("${{", StringComparison.Ordinal));

    /// <summary>A secret, and a right to write, is for branches of the repository itself; what a stranger's code runs in has neither.</summary>
    [Fact]
    public void A_strangers_branch_is_compared_without_secrets_and_without_rights()
    {
        var diff = (YamlMappingNode)Read("preview.yml")["jobs"]["diff"];
        Assert.DoesNotContain(All(diff).OfType<YamlScalarNode>(), node => node.Value!.Contains("secrets.", StringComparison.Ordinal));
        Assert.Equal(["contents: read"], ((YamlMappingNode)diff["permissions"]).Children.Select(right => $"{right.Key}: {right.Value}"));
        Assert.StartsWith("github.event.pull_request.head.repo.full_name == github.repository && ", Read("preview.yml")["jobs"]["pulumi"]["if"].ToString(), StringComparison.Ordinal);
    }

    /// <summary>What may write runs the default branch's files, whatever the pull request has in its own.</summary>
    [Fact]
    public void What_posts_comments_checks_out_the_default_branch_alone()
    {
        var steps = (YamlSequenceNode)Read("comment.yml")["jobs"]["comment"]["steps"];
        Assert.Equal("${{ github.event.repository.default_branch }}", steps[0]["with"]["ref"].ToString());
        Assert.Equal(["ci/comment.sh"], steps.OfType<YamlMappingNode>().Where(step => step.Children.ContainsKey("run")).Select(step => step["run"].ToString()));
        Assert.Single(steps, step => ((YamlMappingNode)step).Children.ContainsKey("uses"));
    }

    private static YamlNode Read(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(File.ReadAllText(Path.Combine(Folder, file))));
        return Assert.Single(yaml.Documents).RootNode;
    }

    private static IEnumerable<YamlNode> All(YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(pair => All(pair.Key).Concat(All(pair.Value))).Prepend(map),
        YamlSequenceNode list => list.SelectMany(All).Prepend(list),
        _ => [node],
    };

    [GeneratedRegex(@"^ +(- )?uses: [a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$")]
    private static partial Regex Pinned();
}
