using System.Formats.Tar;
using Lab.Commands;
using Lab.Manifests;
using Lab.Processes;

namespace Cli.Sides;

/// <summary>
/// The program of another revision: it is built in a folder of its own and renders a stack. It gets none of this process's environment but what finds
/// programs and packages, and its time is bounded. It runs as the user all the same, with the user's files: a stranger's revision wants a machine without secrets.
/// </summary>
internal sealed class BaseBuild(string project, Git git, ICommandRunner runner)
{
    private const string Renderer = "cli/Commands/RenderCommand.cs";

    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RenderTime = TimeSpan.FromMinutes(1);

    /// <summary>What a build needs of the environment; all else is taken from it.</summary>
    private static readonly string[] Needed =
    [
        "PATH", "HOME", "USER", "LANG", "TMPDIR", "TMP", "TEMP", "NUGET_PACKAGES", "MSBUILDDISABLENODEREUSE", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy",
    ];

    /// <summary>The objects of a stack as the program of a commit makes them.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="stack">The stack, whose file the commit has.</param>
    /// <exception cref="CommandException">The commit has no such program, or it cannot be built, or refuses the stack.</exception>
    public async Task<IReadOnlyList<Manifest>> RenderAsync(string commit, string stack)
    {
        if ((await git.FilesAsync(commit, Renderer)).Count == 0)
        {
            throw new CommandException(
                $"revision {Short(commit)} is of before ./dev render, so that its objects cannot be had from it; render it as it did then into a folder, and give that as BASE", CommandException.Failed);
        }

        var folder = await ExtractAsync(commit);
        var program = await BuildAsync(commit, folder);
        var rendered = Path.Combine(folder, ".dev", "rendered", stack);
        var result = await runner.RunAsync(Clean(new Lab.Processes.Command("dotnet", [program, "render", "--stack", stack, "--out", rendered]) { Timeout = RenderTime }, folder));
        return result.Succeeded
            ? RenderedFolder.Read(rendered)
            : throw new CommandException($"the program of revision {Short(commit)} does not render stack {stack}:\n{LastLines(result)}", CommandException.Failed);
    }

    private async Task<string> ExtractAsync(string commit)
    {
        var folder = Path.Combine(project, ".dev", "diff", Short(commit));
        var whole = Path.Combine(folder, ".dev", "whole");
        if (!File.Exists(whole))
        {
            Directory.CreateDirectory(Path.Combine(folder, ".dev"));
            var archive = Path.Combine(folder, ".dev", "source.tar");
            await git.ArchiveAsync(commit, archive);
            await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: true);
            File.Delete(archive);
            var choice = Path.Combine(project, ".dev", "pulumi-sdk.props");
            if (File.Exists(choice))
            {
                File.Copy(choice, Path.Combine(folder, ".dev", "pulumi-sdk.props"), overwrite: true);
            }

            await File.WriteAllTextAsync(whole, string.Empty);
        }

        return folder;
    }

    private async Task<string> BuildAsync(string commit, string folder)
    {
        var output = Path.Combine(folder, ".dev", "commands");
        var (program, built) = (Path.Combine(output, "Cli.dll"), Path.Combine(output, "whole"));
        if (File.Exists(built))
        {
            return program;
        }

        await Console.Error.WriteLineAsync($"base     building the program of revision {Short(commit)}, at most {BuildTime.TotalMinutes:0} min");
        var result = await runner.RunAsync(Clean(
            new Lab.Processes.Command("dotnet", ["publish", Path.Combine(folder, "cli"), "--output", output, "-v", "quiet", "--tl:off", "-p:RunAnalyzers=false", "-p:TreatWarningsAsErrors=false"]) { Timeout = BuildTime }, folder));
        if (!result.Succeeded)
        {
            throw new CommandException(
                result.TimedOut
                    ? $"building the program of revision {Short(commit)} took longer than {BuildTime.TotalMinutes:0} min"
                    : $"the program of revision {Short(commit)} does not build here:\n{LastLines(result)}",
                CommandException.Failed);
        }

        await File.WriteAllTextAsync(built, string.Empty);
        return program;
    }

    /// <summary>The command with no more of the environment than a build needs.</summary>
    private static Lab.Processes.Command Clean(Lab.Processes.Command command, string folder)
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => !Needed.Contains(name) && !name.StartsWith("DOTNET_", StringComparison.Ordinal))
            .ToDictionary(name => name, _ => (string?)null);
        variables["STATEFULSET_ROOT"] = folder;
        return command with { Environment = variables };
    }

    private static string Short(string commit) => commit[..12];

    private static string LastLines(CommandResult result) =>
        string.Join('\n', $"{result.StandardOutput}\n{result.StandardError}".Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().TakeLast(8).Select(line => $"  {line.Trim()}"));
}
