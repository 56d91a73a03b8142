using Cli.Meaning;
using Cli.Sides;
using Lab.Commands;
using Lab.Processes;
using Xunit;

namespace Tests.Cli.Sides;

/// <summary>What BASE and HEAD name, and which setting caused what, in a project of one stack that git knows.</summary>
[Collection("deployment")]
public sealed class SideTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly CommandRunner runner = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_revision_is_evaluated_by_todays_program_where_that_is_the_same_and_settings_are_named()
    {
        await CommitAsync();
        Write("Pulumi.shop.yaml", Stack("replicas: 5\n      storage: 20Gi"));
        var (before, after) = (await Reader().ReadAsync("HEAD"), await Reader().WorkingTreeAsync());

        Assert.Matches("^stack shop at git revision HEAD \\([0-9a-f]{12}\\), by today's program, which is the same$", before.Name);
        var set = (await SettingChanges.NameAsync(ManifestDifference.Between(before.Objects, after.Objects), before, after)).Single(change => change.Kind == "StatefulSet");
        Assert.Equal([("claim [data] storage 10Gi -> 20Gi", "mysql[0].storage"), ("replicas 3 -> 5", "mysql[0].replicas")], set.Causes.Select(cause => (cause.Text, cause.Setting)).Order());
    }

    [Fact]
    public async Task Settings_of_the_command_line_are_over_those_of_the_working_tree_alone()
    {
        await CommitAsync();
        var reader = Reader("mysql[0].replicas=4");
        Assert.Equal(3, Replicas(await reader.ReadAsync("HEAD")));
        Assert.Equal(4, Replicas(await reader.WorkingTreeAsync()));
    }

    [Fact]
    public async Task Passwords_never_differ_and_are_never_there()
    {
        await CommitAsync();
        var (before, after) = (await Reader().ReadAsync("HEAD"), await Reader().WorkingTreeAsync());
        Assert.All(ManifestDifference.Between(before.Objects, after.Objects), change => Assert.Equal(global::Cli.Meaning.Action.Same, change.Action));
        Assert.All(before.Objects.Where(one => one.Kind == "Secret"), one => Assert.Contains("masked", one.Body.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revision_goes_before_a_folder_and_that_before_a_stack_and_what_was_not_meant_is_named()
    {
        await CommitAsync();
        await GitAsync("branch", "shop");
        Assert.Contains("(not the stack Pulumi.shop.yaml, which is there too)", (await Reader().ReadAsync("shop")).Name, StringComparison.Ordinal);
        Assert.Equal("stack shop", (await Reader().ReadAsync("Pulumi.shop.yaml")).Name);
        await GitAsync("branch", "-D", "shop");
        Assert.Equal("stack shop", (await Reader().ReadAsync("shop")).Name);
    }

    [Fact]
    public async Task A_folder_has_what_waits_for_ready_pods_too()
    {
        Write("rendered/01-a.yaml", "kind: ConfigMap\nmetadata: { name: a }\n");
        Write("rendered/once-ready/01-b.yaml", "kind: ConfigMap\nmetadata: { name: b }\n");
        Assert.Equal(["a", "b"], (await Reader().ReadAsync(Path.Combine(folder.Root, "rendered"))).Objects.Select(one => one.Name));
    }

    [Fact]
    public async Task A_folder_of_other_YAML_is_refused()
    {
        Write("other/a.yaml", "config: {}\n");
        var refused = await Assert.ThrowsAsync<CommandException>(() => Reader().ReadAsync(Path.Combine(folder.Root, "other")));
        Assert.EndsWith("has YAML in it that is no Kubernetes object: it names no kind", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stack_that_was_not_there_yet_is_nothing()
    {
        await CommitAsync();
        Write("Pulumi.new.yaml", Stack("replicas: 1"));
        var side = await new SideReader(folder.Root, "new", [], new Git(folder.Root, runner), Build()).ReadAsync("HEAD");
        Assert.Empty(side.Objects);
        Assert.EndsWith("there is no such stack yet", side.Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revision_of_another_program_before_render_is_refused_in_a_sentence()
    {
        await CommitAsync();
        Write("infra/another.cs", "// not tracked yet");
        var refused = await Assert.ThrowsAsync<CommandException>(() => Reader().ReadAsync("HEAD"));
        Assert.EndsWith("is of before ./dev render, so that its objects cannot be had from it; render it as it did then into a folder, and give that as BASE", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("--help")]
    public async Task What_names_nothing_is_refused(string text)
    {
        await CommitAsync();
        Assert.Equal(
            $"{text} is no git revision, no folder with manifests (*.yaml) in it, and no stack; there are the stacks shop",
            (await Assert.ThrowsAsync<CommandException>(() => Reader().ReadAsync(text))).Message);
    }

    private static int Replicas(Side side) => side.Objects.Single(one => one.Kind == "StatefulSet").Body["spec"]!["replicas"]!.GetValue<int>();

    private static string Stack(string settings) => $"config:\n  statefulset:mysql:\n    - name: shop\n      {settings}\n";

    private SideReader Reader(params string[] settings) => new(folder.Root, "shop", settings, new Git(folder.Root, runner), Build());

    private BaseBuild Build() => new(folder.Root, new Git(folder.Root, runner), runner);

    private async Task CommitAsync()
    {
        Write("Pulumi.yaml", File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.yaml")));
        Write("Pulumi.shop.yaml", Stack("replicas: 3"));
        await GitAsync("init", "--quiet");
        await GitAsync("add", ".");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "--quiet", "--message", "first");
    }

    private async Task GitAsync(params string[] arguments) => Assert.True((await runner.RunAsync(new Command("git", ["-C", folder.Root, .. arguments]))).Succeeded);

    private void Write(string file, string text)
    {
        var path = Path.Combine(folder.Root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
