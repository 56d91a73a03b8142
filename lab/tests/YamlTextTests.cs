using Lab.Commands;
using Lab.Manifests;
using Xunit;

namespace Lab.Tests;

/// <summary>YAML as Kubernetes reads it.</summary>
public sealed class YamlTextTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("text", "\"text\"")]
    [InlineData("\"5\"", "\"5\"")]
    [InlineData("'true'", "\"true\"")]
    [InlineData("!!str 5", "\"5\"")]
    [InlineData("5", "5")]
    [InlineData("-5", "-5")]
    [InlineData("3000000000", "3000000000")]
    [InlineData("0x1F", "31")]
    [InlineData("0.25", "0.25")]
    [InlineData("1e3", "1000")]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("~", "null")]
    [InlineData("", "null")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("10Gi", "\"10Gi\"")]
    [InlineData("8.0.1", "\"8.0.1\"")]
    [InlineData("[1, a, {b: c}]", "[1,\"a\",{\"b\":\"c\"}]")]
    [InlineData("|\n  one\n  two", "\"one\\ntwo\\n\"")]
    public void A_value_is_what_it_says(string yaml, string json)
    {
        folder.Write("a.yaml", $"key: {yaml}\n");
        Assert.Equal($$"""{"key":{{json}}}""", YamlText.ReadFile(Path.Combine(folder.Root, "a.yaml")).ToJsonString());
    }

    [Fact]
    public void A_whole_number_can_be_read_as_any_kind_of_number()
    {
        folder.Write("a.yaml", "key: 5\n");
        var value = YamlText.ReadFile(Path.Combine(folder.Root, "a.yaml"))["key"]!;
        Assert.Equal((5, 5L, 5.0), (value.GetValue<int>(), value.GetValue<long>(), value.GetValue<double>()));
    }

    [Fact]
    public void What_an_anchor_names_stands_where_it_is_referred_to()
    {
        folder.Write("a.yaml", "one: &it {a: 1}\ntwo: *it\n");
        Assert.Equal("""{"one":{"a":1},"two":{"a":1}}""", YamlText.ReadFile(Path.Combine(folder.Root, "a.yaml")).ToJsonString());
    }

    [Fact]
    public void Every_document_counts_but_empty_ones()
    {
        folder.Write("a.yaml", "a: 1\n---\n---\nb: 2\n");
        Assert.Equal(["""{"a":1}""", """{"b":2}"""], YamlText.ReadAll(Path.Combine(folder.Root, "a.yaml")).Select(document => document.ToJsonString()));
    }

    [Theory]
    [InlineData("a: 1\nb: [\n")]
    [InlineData("a:\n  b: [1\n  c: 2\n")]
    public void What_is_no_yaml_is_a_sentence_with_its_line(string yaml)
    {
        folder.Write("a.yaml", yaml);
        Assert.Contains("a.yaml is not YAML: line ", Assert.Throws<CommandException>(() => YamlText.ReadFile(Path.Combine(folder.Root, "a.yaml"))).Message, StringComparison.Ordinal);
    }
}
