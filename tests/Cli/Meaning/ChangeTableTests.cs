using System.Text.Json.Nodes;
using Cli.Meaning;
using Lab.Manifests;
using Xunit;
using Action = Cli.Meaning.Action;

namespace Tests.Cli.Meaning;

/// <summary>Every row of the table: it is reached, its tier is not passed, and documentation has it.</summary>
public sealed class ChangeTableTests
{
    private static readonly FieldPath NoPath = FieldPath.Root;

    /// <summary>Rows that judge each case by itself have tests of their own; their tier is the gravest that they may say.</summary>
    public static IEnumerable<object[]> Rows => ChangeTable.All.Select(row => new object[] { row.Kind, row.Field });

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_is_the_first_for_a_field_of_its_own(string kind, string field) => Assert.Equal(
        (kind, field), ChangeTable.Find(kind == "*" ? "Namespace" : kind, string.Empty, Sample(field)) is { } row ? (row.Kind, row.Field) : default);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_row_says_what_follows_and_where_that_is_from(string kind, string field)
    {
        var row = ChangeTable.All.Single(one => one.Kind == kind && one.Field == field);
        Assert.NotEmpty(row.Says);
        Assert.NotEmpty(row.Source);
        if (row.Judge is not null || kind is "StatefulSet")
        {
            return;
        }

        var actual = kind == "*" ? "Namespace" : kind;
        var group = ChangeTable.Groups[actual];
        var (before, after) = (Object(actual, group, field, "a"), Object(actual, group, field, "b"));
        var change = ManifestDifference.Changed(before, after, [new FieldChange(Sample(field), "a", "b")], ([before], [after]));
        Assert.Equal((row.Replaces ? Action.Replace : Action.Update, row.Tier), (change.Action, change.Tier));
        Assert.Equal([row.Says], DifferenceText.Sentences(change));
    }

    [Fact]
    public void A_StatefulSet_is_replaced_for_what_the_provider_replaces_it_for_and_for_nothing_else() => Assert.Equal(
        ["podManagementPolicy", "revisionHistoryLimit", "selector", "serviceName", "volumeClaimTemplates"],
        ChangeTable.All.Where(row => row is { Kind: "StatefulSet", Replaces: true }).Select(row => FieldPath.Parse(row.Field).Step(1)).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("a.b", "a.b", true)]
    [InlineData("a.b", "a.c", false)]
    [InlineData("a.b", "a", false)]
    [InlineData("a", "a.b", false)]
    [InlineData("a.*", "a[x]", true)]
    [InlineData("a.*", "a[x].b", false)]
    [InlineData("a.**", "a[x].b", true)]
    [InlineData("a.**", "a", true)]
    [InlineData("a[\"b.c/d\"]", "a[\"b.c/d\"]", true)]
    [InlineData("a[*].b", "a[x].b", true)]
    public void A_pattern_is_of_the_paths_that_it_means(string pattern, string path, bool matches) => Assert.Equal(matches, FieldPath.Parse(path).Matches(FieldPath.Parse(pattern)));

    [Fact]
    public void A_path_reads_as_it_is_written()
    {
        var path = NoPath.Key("metadata").Key("annotations").Key("pulumi.com/x");
        Assert.Equal("metadata.annotations[\"pulumi.com/x\"]", path.Text);
        Assert.Equal("pulumi.com/x", FieldPath.Parse(path.Text).Last);
    }

    [Fact]
    public void The_documentation_has_the_table() => Documented("fields", ChangeTable.Markdown());

    [Fact]
    public void The_documentation_has_the_table_of_options() => Documented("options", ChangeTable.OptionsMarkdown());

    private static void Documented(string name, string table)
    {
        var file = Path.Combine(Repository.Root, "docs", "changes.md");
        var text = File.ReadAllText(file);
        var (begin, end) = ($"<!-- {name} -->\n", $"<!-- end of {name} -->");
        var (from, to) = (text.IndexOf(begin, StringComparison.Ordinal) + begin.Length, text.IndexOf(end, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(file, text[..from] + table + text[to..]);
            return;
        }

        Assert.Equal(table, text[from..to]);
    }

    /// <summary>A path that a pattern is of and no pattern before it.</summary>
    private static FieldPath Sample(string pattern) =>
        FieldPath.Parse(pattern.Replace("[*]", "[x]", StringComparison.Ordinal).Replace(".**", ".x", StringComparison.Ordinal).Replace(".*", ".x", StringComparison.Ordinal));

    private static Manifest Object(string kind, string group, string field, string value)
    {
        var name = field is "metadata.name" ? value : "x";
        return Manifest.Parse($$"""{ "apiVersion": "{{(group.Length == 0 ? "v1" : $"{group}/v1")}}", "kind": "{{kind}}", "metadata": { "name": "{{name}}" }, "value": {{JsonValue.Create(value)!.ToJsonString()}} }""");
    }
}
