using Cli.Checks;
using Lab.Commands;
using Xunit;

namespace Tests.Cli.Checks;

/// <summary>How findings are told: to people, to programs, and to code scanning; and from which file.</summary>
public sealed class CheckReportTests : IDisposable
{
    private static readonly Finding Tag = new("out/web.yaml", 7, "StatefulSet/web", "shop", "spec.image", "latest-tag", "it may be another", "say which");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void People_read_file_object_path_and_mend() =>
        Assert.Equal("out/web.yaml: StatefulSet/web spec.image: it may be another; say which (latest-tag)", Tag.Sentence);

    [Fact]
    public void An_invariant_says_all_of_it_itself() =>
        Assert.Equal("Pulumi.dev.yaml: StatefulSet/web: its claims go", Finding.Of(new Violation("StatefulSet/web", "its claims go"), "Pulumi.dev.yaml", Finding.Invariant).Sentence);

    /// <summary>What SARIF 2.1.0 requires of a log, and what code scanning requires beyond that.</summary>
    [Fact]
    public void Code_scanning_gets_a_log_of_one_run()
    {
        var log = SarifLog.Of([Tag, Finding.Of(new Violation("StatefulSet/web", "its claims go"), "Pulumi dev.yaml", Finding.Invariant)]);
        Assert.Equal(("2.1.0", "https://json.schemastore.org/sarif-2.1.0.json"), (log["version"]!.GetValue<string>(), log["$schema"]!.GetValue<string>()));
        var run = Assert.Single(log["runs"]!.AsArray())!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();
        Assert.Equal("stateful-applications", run["tool"]!["driver"]!["name"]!.GetValue<string>());
        Assert.All(rules, rule => Assert.True(rule!["id"]!.GetValue<string>().Length > 0 && rule["shortDescription"]!["text"]!.GetValue<string>().Length > 0));
        var results = run["results"]!.AsArray();
        Assert.All(results, result => Assert.Equal(result!["ruleId"]!.GetValue<string>(), rules[result["ruleIndex"]!.GetValue<int>()]!["id"]!.GetValue<string>()));
        Assert.All(results, result => Assert.Equal("error", result!["level"]!.GetValue<string>()));
        Assert.Equal("StatefulSet/web spec.image: it may be another; say which", results[0]!["message"]!["text"]!.GetValue<string>());
        Json.Equal(
            """[{ "physicalLocation": { "artifactLocation": { "uri": "out/web.yaml" }, "region": { "startLine": 7 } }, "logicalLocations": [{ "fullyQualifiedName": "shop/StatefulSet/web/spec.image" }] }]""",
            results[0]!["locations"]);
        Assert.Equal("Pulumi%20dev.yaml", results[1]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"]!.GetValue<string>());
    }

    [Fact]
    public void A_folder_is_read_with_all_that_is_in_it()
    {
        folder.Write("a.yaml", "# one\n---\n# rendered\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n---\n\n---\napiVersion: v1\nkind: Service\nmetadata: {name: b}\n");
        Directory.CreateDirectory(Path.Combine(folder.Root, "sub"));
        folder.Write("sub/list.yml", "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Secret\n  metadata: {name: c}\n");
        folder.Write("sub/one.json", """{ "apiVersion": "v1", "kind": "ConfigMap", "metadata": { "name": "d" } }""");
        folder.Write("values.yaml", "replicas: 3\n");
        folder.Write("notes.txt", "kind: Pod");
        Assert.Equal(
            [("a.yaml", 4, "a"), ("a.yaml", 10, "b"), ("sub/list.yml", 1, "c"), ("sub/one.json", 1, "d")],
            ManifestFolder.Read(folder.Root).Select(one => (Path.GetRelativePath(folder.Root, one.File), one.Line, one.Manifest.Name)));
    }

    [Fact]
    public void A_folder_that_has_nothing_to_check_is_said_to()
    {
        folder.Write("values.yaml", "replicas: 3\n");
        Assert.Equal($"there is no Kubernetes object in {folder.Root} (*.yaml, *.yml, *.json)", Assert.Throws<CommandException>(() => ManifestFolder.Read(folder.Root)).Message);
        Assert.Equal($"there is no folder {folder.Root}/none", Assert.Throws<CommandException>(() => ManifestFolder.Read($"{folder.Root}/none")).Message);
    }

    [Fact]
    public void An_object_of_which_no_server_could_make_anything_is_said_to_be_none()
    {
        folder.Write("a.yaml", "# one\n---\napiVersion: v1\nkind: Service\nmetadata: text\n");
        Assert.Equal($"{folder.Root}/a.yaml:3: metadata of a Service is a mapping of keys to values, not \"text\"", Assert.Throws<CommandException>(() => ManifestFolder.Read(folder.Root)).Message);
    }

    [Theory]
    [InlineData("v1", 0)]
    [InlineData("extensions/v1beta1", 1)]
    public async Task The_exit_code_says_whether_something_was_found(string version, int code)
    {
        folder.Write("a.yaml", $"apiVersion: {version}\nkind: ConfigMap\nmetadata: {{name: a}}\n");
        Assert.Equal(code, await RunAsync("--manifests", folder.Root, "--json"));
    }

    [Theory]
    [InlineData("--manifests /none")]
    [InlineData("--manifests . --stack dev")]
    [InlineData("--manifests . -c mysql[0].replicas=1")]
    [InlineData("--json --sarif")]
    [InlineData("--except latest-tga")]
    [InlineData("--manifest")]
    public async Task Wrong_use_is_told_apart(string arguments) => Assert.Equal(2, await RunAsync(arguments.Split(' ')));

    private static Task<int> RunAsync(params string[] arguments) =>
        CommandLine.RunAsync(new System.CommandLine.Command("./dev") { global::Cli.Commands.CheckCommand.Create() }, ["check", .. arguments]);
}
