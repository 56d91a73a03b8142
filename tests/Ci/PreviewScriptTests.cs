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
    public async Task What_dev_says_is_the_comment_and_its_exit_code_is_passed_on(int exitCode)
    {
        WriteDev($"printf '## %s\\n' \"$*\"; exit {exitCode}");
        var run = await RunAsync("origin/main", Comment);
        Assert.Equal(exitCode, run.ExitCode);
        Assert.Equal("## diff origin/main --markdown\n", await File.ReadAllTextAsync(Comment));
    }

    [Fact]
    public async Task Wrong_settings_are_told_in_the_comment_and_half_a_comparison_is_not()
    {
        WriteDev("echo half; echo 'mysql[0].replicas   0: at least 1' >&2; echo '```' >&2; exit 2");
        var run = await RunAsync("origin/main", Comment);
        Assert.Equal((2, "mysql[0].replicas   0: at least 1\n```\n"), (run.ExitCode, run.StandardError));
        Assert.Equal("There is no preview: dev diff ended with exit code 2.\n\n    mysql[0].replicas   0: at least 1\n    ```\n", await File.ReadAllTextAsync(Comment));
        Assert.Equal(["ci", "dev", "preview.md"], Directory.EnumerateFileSystemEntries(project.Root).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_base_is_one_word_whatever_it_holds()
    {
        WriteDev("printf '%s|' \"$@\"");
        await RunAsync("a b; touch \"$HOME\"", Comment);
        Assert.Equal("diff|a b; touch \"$HOME\"|--markdown|", await File.ReadAllTextAsync(Comment));
    }

    [Fact]
    public async Task Who_leaves_the_file_out_is_told_what_it_takes()
    {
        var run = await RunAsync("origin/main");
        Assert.Equal((2, "ci/preview.sh takes a base and a file, such as: ci/preview.sh origin/main preview.md\n"), (run.ExitCode, run.StandardError));
    }

    private void WriteDev(string body)
    {
        project.Write("dev", $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(Path.Combine(project.Root, "dev"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    private Task<CommandResult> RunAsync(params string[] arguments) =>
        new CommandRunner().RunAsync(new Command("bash", [Path.Combine(project.Root, "ci", "preview.sh"), .. arguments]));
}
