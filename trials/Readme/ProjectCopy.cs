using Cli.Commands;
using Lab;
using Lab.Processes;
using Trials.Clusters;
using Xunit;

namespace Trials.Readme;

/// <summary>
/// The project as a clone in another folder would be, with instances and passwords of its own: everything but what <c>./dev</c> keeps is a link to
/// the project that is tested, which is built already.
/// </summary>
internal sealed class ProjectCopy : IAsyncDisposable
{
    private const string Kept = ".dev";
    private static readonly string[] Instances = ["dev", "images", "bench", "soak"];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly TemporaryFolder folder = new();
    private readonly CommandRunner runner = new();

    private ProjectCopy()
    {
        foreach (var entry in new DirectoryInfo(ProjectFolder.Root).EnumerateFileSystemInfos().Where(entry => entry.Name is not (Kept or ".git")))
        {
            File.CreateSymbolicLink(Path.Combine(folder.Root, entry.Name), entry.FullName);
        }

        // What says how, and that, the project was built; it is younger than the links, so that nothing is built again from another path.
        Directory.CreateDirectory(Path.Combine(folder.Root, Kept));
        foreach (var file in new DirectoryInfo(Path.Combine(ProjectFolder.Root, Kept)).EnumerateFiles())
        {
            File.Copy(file.FullName, Path.Combine(folder.Root, Kept, file.Name));
            File.SetLastWriteTimeUtc(Path.Combine(folder.Root, Kept, file.Name), DateTime.UtcNow);
        }
    }

    /// <summary>A folder that files can be written to.</summary>
    public string Root => folder.Root;

    /// <summary>A copy to type to; skips the test with the reason where this machine cannot run what is typed, or <c>./dev build</c> has not made it.</summary>
    public static async Task<ProjectCopy> StartAsync()
    {
        await LabMachine.RequireAsync();
        Skip.IfNot(File.Exists(Path.Combine(ProjectFolder.Root, Kept, "built-cli")), "what is typed here is what ./dev build made");
        return new ProjectCopy();
    }

    /// <summary>Types a line into a shell, which has to succeed.</summary>
    public async Task<CommandResult> TypeAsync(string line)
    {
        var result = await runner.RunAsync(new Command("bash", ["-c", $"cd \"$1\" && {line}", "bash", folder.Root]) { Timeout = Limit });
        Assert.True(result.Succeeded, $"{line}: exit code {result.ExitCode}\n{Said(result)}");
        return result;
    }

    /// <summary>All that a line's program said, for the message of a failure.</summary>
    public static string Said(CommandResult result) => $"{result.StandardOutput}\n{result.StandardError}";

    /// <summary>Removes what the lines made, where they did not get to that.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(Instances.Select(name => new LabDown(StackInstance.Of(folder.Root, name).Folder).RunAsync(purge: true, grace: TimeSpan.Zero)));
        }
        finally
        {
            folder.Dispose();
        }
    }
}
