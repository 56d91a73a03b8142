using Lab.Cluster;
using Lab.Cluster.Processes;
using Xunit;

namespace Tests;

/// <summary>Every script of the project, held against shellcheck where it is installed.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts => [.. Directory
        .EnumerateFiles(Repository.Root, "*.sh", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path))
        .Where(path => !path.StartsWith("artifacts", StringComparison.Ordinal) && !path.StartsWith('.'))
        .Concat(["dev", ".ci/run"])
        .Order(StringComparer.Ordinal)];

    [SkippableTheory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_has_nothing_that_shellcheck_would_say(string path)
    {
        CommandResult said;
        try
        {
            said = await new CommandRunner().RunAsync(new Command("shellcheck", ["--external-sources", "--source-path=SCRIPTDIR", Path.Combine(Repository.Root, path)]));
        }
        catch (ClusterException)
        {
            throw new SkipException("shellcheck is not installed");
        }

        Assert.Equal(string.Empty, said.StandardOutput);
        Assert.Equal(0, said.ExitCode);
    }
}
