using Lab;
using Lab.Processes;
using Xunit;
using Xunit.Sdk;

namespace Tests;

/// <summary>Every script of the project, held against shellcheck.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts => [.. Directory
        .EnumerateFiles(Repository.Root, "*.sh", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal) && !path.StartsWith('.'))
        .Concat(["dev", ".ci/run"])
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_has_nothing_that_shellcheck_would_say(string path)
    {
        var said = await ShellcheckAsync(Path.Combine(Repository.Root, path));
        Assert.Equal(string.Empty, said.StandardOutput);
        Assert.Equal(0, said.ExitCode);
    }

    private static async Task<CommandResult> ShellcheckAsync(string path)
    {
        try
        {
            return await new CommandRunner().RunAsync(new Command("shellcheck", ["--external-sources", "--source-path=SCRIPTDIR", path]));
        }
        catch (ClusterException missing)
        {
            throw FailException.ForFailure($"{missing.Message} ./dev test installs it where it is root on Debian; elsewhere, install the package shellcheck.");
        }
    }
}
