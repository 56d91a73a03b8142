using System.IO.Compression;
using System.Text;
using Lab.Processes;
using Xunit;

namespace Tests.Ci;

/// <summary>What becomes of a text that a stranger's code wrote, with a <c>gh</c> that stands in for GitHub.</summary>
public sealed class CommentScriptTests : IDisposable
{
    private const string Head = "0123456789abcdef0123456789abcdef01234567";

    private readonly TemporaryFolder machine = new();

    public CommentScriptTests()
    {
        // Answers by what it is asked, and notes what is posted.
        machine.Write("gh", """
            #!/usr/bin/env bash
            here=$(dirname "$0")
            printf '%s\n' "$*" >>"$here/calls"
            case "$*" in
                *artifacts/*/zip*) cat "$here/preview.zip" ;;
                *artifacts*) cat "$here/artifacts" ;;
                *pulls*) cat "$here/pulls" ;;
                *'--method'*) for word in "$@"; do case $word in body=@*) cp "${word#body=@}" "$here/posted" ;; esac done ;;
                *comments*) cat "$here/comments" ;;
            esac
            """);
        File.SetUnixFileMode(Path.Combine(machine.Root, "gh"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        machine.Write("calls", string.Empty);
        machine.Write("artifacts", "77\n");
        machine.Write("pulls", "12\n");
        machine.Write("comments", string.Empty);
        Pack("preview.md", "| a | b |\n");
    }

    private string Posted => Path.Combine(machine.Root, "posted");

    public void Dispose() => machine.Dispose();

    [SkippableFact]
    public async Task It_is_posted_as_code_to_the_pull_request_that_has_the_commit()
    {
        await SucceedAsync("comment  posted to 12\n");
        Assert.Equal($"<!-- preview -->\nWhat this pull request changes, as its own code says at {Head[..12]}:\n\n```markdown\n| a | b |\n\n```\n", await File.ReadAllTextAsync(Posted));
        Assert.Contains("api --method POST repos/o/r/issues/12/comments", await CallsAsync(), StringComparison.Ordinal);
        Assert.Contains(
            "select(.head.sha == env.HEAD_SHA and .head.repo.full_name == env.HEAD_REPOSITORY and .head.ref == env.HEAD_BRANCH)", await CallsAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task What_was_posted_before_is_changed()
    {
        machine.Write("comments", "345\n");
        await SucceedAsync("comment  posted to 12\n");
        Assert.Contains("api --method PATCH repos/o/r/issues/comments/345", await CallsAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task No_text_ends_the_fence_around_it_and_nothing_hidden_stays()
    {
        Pack("preview.md", "`````\n@everyone ![x](https://example.com/x.png)\u202e\u001b[31m\0\r\n<script>\n");
        await SucceedAsync("comment  posted to 12\n");
        var lines = await File.ReadAllLinesAsync(Posted);
        Assert.Equal("````````markdown", lines[3]);
        Assert.Equal(["`````", "@everyone ![x](https://example.com/x.png)[31m", "<script>", "", "````````"], lines[4..]);
    }

    [SkippableFact]
    public async Task A_fence_stays_within_what_a_comment_holds()
    {
        Pack("preview.md", new string('`', 59_999));
        await SucceedAsync("comment  posted to 12\n");
        Assert.InRange((await File.ReadAllTextAsync(Posted)).Length, 1, 1000);
    }

    [SkippableFact]
    public async Task A_long_text_is_cut_and_that_is_said()
    {
        Pack("preview.md", new string('x', 5_000_000));
        await SucceedAsync("comment  posted to 12\n");
        var body = await File.ReadAllTextAsync(Posted);
        Assert.InRange(body.Length, 60_000, 60_300);
        Assert.EndsWith("\nThe rest is cut; the artifact of the run has it.\n", body, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Only_the_one_file_of_the_archive_is_read()
    {
        Pack("../../evil.md", "evil");
        await SucceedAsync("comment  posted to 12\n");
        Assert.DoesNotContain("evil", await File.ReadAllTextAsync(Posted), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("artifacts", "comment  the run has no artifact preview of at most 1000000 bytes; nothing to post\n")]
    [InlineData("pulls", "comment  no open pull request has 0123456789abcdef0123456789abcdef01234567 as its head; a later push has its own run\n")]
    public async Task Without_an_artifact_or_a_pull_request_nothing_is_posted(string missing, string said)
    {
        machine.Write(missing, string.Empty);
        await SucceedAsync(said);
        Assert.False(File.Exists(Posted));
    }

    [Theory]
    [InlineData("12;id", Head)]
    [InlineData("12", "main\") or (true")]
    public async Task What_is_no_number_and_no_commit_is_refused(string run, string head) =>
        Assert.Equal((2, string.Empty), ((await RunAsync(run, head)).ExitCode, await CallsAsync()));

    private void Pack(string entry, string text)
    {
        using var stream = File.Create(Path.Combine(machine.Root, "preview.zip"));
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        using var content = zip.CreateEntry(entry).Open();
        content.Write(Encoding.UTF8.GetBytes(text));
    }

    private Task<string> CallsAsync() => File.ReadAllTextAsync(Path.Combine(machine.Root, "calls"));

    private async Task SucceedAsync(string said)
    {
        Skip.IfNot(File.Exists("/usr/bin/unzip"), "unzip, which GitHub's machines have, is not installed here");
        var run = await RunAsync("9", Head);
        Assert.Equal((0, said), (run.ExitCode, run.StandardOutput));
    }

    private Task<CommandResult> RunAsync(string run, string head) => new CommandRunner().RunAsync(new Command("bash", [Path.Combine(Repository.Root, "ci", "comment.sh")])
    {
        Environment = new Dictionary<string, string?>
        {
            ["PATH"] = $"{machine.Root}:{Environment.GetEnvironmentVariable("PATH")}",
            ["GH_TOKEN"] = "none",
            ["REPOSITORY"] = "o/r",
            ["RUN_ID"] = run,
            ["HEAD_SHA"] = head,
            ["HEAD_REPOSITORY"] = "f/r",
            ["HEAD_BRANCH"] = "a \"b\"",
        },
    });
}
