using Lab.Processes;
using Xunit;

namespace Tests.Ci;

/// <summary>What a pull request's comment is made from, with a <c>./dev</c> that stands in for the real one.</summary>
public sealed class PreviewScriptTests : IDisposable
{
    private readonly TemporaryFolder project = new();

    public PreviewScriptTests()
    {
        Directory.CreateDirectory(Path.Combine(project.Root, "ci"));
        File.Copy(Path.Combine(Repository.Root, "ci", "preview.sh"), Path.Combine(project.Root, "ci", "preview.sh"));
    }

    private string Comment => Path.Combine(project.Root, "preview.md");

    public void Dispose() => project.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task What_dev_says_of_each_stack_is_the_comment_and_its_exit_code_is_passed_on(int exitCode)
    {
        await CommitAsync("dev", "shop");
        WriteDev($"printf '%s\\n' \"$*\"; case $* in *shop*) exit {exitCode} ;; esac");
        var run = await RunAsync("HEAD", Comment);
        Assert.Equal((exitCode, string.Empty), (run.ExitCode, run.StandardError));
        Assert.Equal(
            "## Pulumi.dev.yaml\n\ndiff HEAD --stack dev --markdown\n\n## Pulumi.shop.yaml\n\ndiff HEAD --stack shop --markdown\n\n", await File.ReadAllTextAsync(Comment));
    }

    [Fact]
    public async Task A_stack_that_comes_or_loses_its_file_is_named()
    {
        await CommitAsync("dev");
        project.Write("Pulumi.new.yaml", "config: {}\n");
        File.Delete(Path.Combine(project.Root, "Pulumi.dev.yaml"));
        WriteDev("exit 1");
        var run = await RunAsync("HEAD", Comment);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "## Pulumi.new.yaml\n\nA new stack: it changes nothing that is there.\n\n## Pulumi.dev.yaml\n\nThe stack loses its settings; what it has deployed stays until it is destroyed.\n\n",
            await File.ReadAllTextAsync(Comment));
    }

    [Fact]
    public async Task Wrong_settings_are_told_in_the_comment_and_half_a_comparison_is_not()
    {
        await CommitAsync("dev", "shop");
        WriteDev("case $* in *shop*) echo whole; exit 3 ;; esac; echo half; echo 'mysql[0].replicas   0: at least 1' >&2; echo '```' >&2; exit 2");
        var run = await RunAsync("HEAD", Comment);
        Assert.Equal((2, "mysql[0].replicas   0: at least 1\n```\n"), (run.ExitCode, run.StandardError));
        Assert.Equal(
            "## Pulumi.dev.yaml\n\nThere is no preview: dev diff ended with exit code 2.\n\n    mysql[0].replicas   0: at least 1\n    ```\n\n## Pulumi.shop.yaml\n\nwhole\n\n",
            await File.ReadAllTextAsync(Comment));
        Assert.DoesNotContain(Directory.EnumerateFiles(project.Root).Select(Path.GetFileName), name => name!.StartsWith("preview.md.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_base_is_one_word_whatever_it_holds()
    {
        const string Base = "a b; touch \"$HOME\"";
        await CommitAsync("dev");
        WriteDev("printf '%s|' \"$@\"");
        await RunAsync(Base, Comment);
        // No revision has that name, so that no stack is in it.
        Assert.Equal("## Pulumi.dev.yaml\n\nA new stack: it changes nothing that is there.\n\n", await File.ReadAllTextAsync(Comment));
    }

    [Fact]
    public async Task Who_leaves_the_file_out_is_told_what_it_takes()
    {
        var run = await RunAsync("origin/main");
        Assert.Equal((2, "ci/preview.sh takes a base and a file, such as: ci/preview.sh origin/main preview.md\n"), (run.ExitCode, run.StandardError));
    }

    private async Task CommitAsync(params string[] stacks)
    {
        foreach (var stack in stacks)
        {
            project.Write($"Pulumi.{stack}.yaml", "config: {}\n");
        }

        var made = await new CommandRunner().RunAsync(new Command(
            "bash", ["-c", "cd \"$1\" && git init -q && git add Pulumi.*.yaml && git -c user.name=test -c user.email=test@example.com commit -qm stacks", "-", project.Root]));
        Assert.Equal((0, string.Empty), (made.ExitCode, made.StandardError));
    }

    private void WriteDev(string body)
    {
        project.Write("dev", $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(Path.Combine(project.Root, "dev"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        new CommandRunner().RunAsync(new Command("bash", [Path.Combine(project.Root, "ci", "preview.sh"), .. arguments]));
}
