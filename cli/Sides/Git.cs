using Lab.Commands;
using Lab.Processes;

namespace Cli.Sides;

/// <summary>The project's folder as git knows it.</summary>
internal sealed class Git(string folder, ICommandRunner runner)
{
    /// <summary>The commit that a text names; nothing where it names none, or the folder is none of git's.</summary>
    public async Task<string?> CommitAsync(string revision) =>
        revision.StartsWith('-') ? null : await TryAsync("rev-parse", "--verify", "--quiet", $"{revision}^{{commit}}") is { Succeeded: true } found ? found.StandardOutput.Trim() : null;

    /// <summary>The names of the files in the project's folder, and not below, at a commit.</summary>
    public async Task<IReadOnlyList<string>> FilesAsync(string commit, string below = "./") =>
        (await RunAsync("ls-tree", "--name-only", "--full-name", commit, below)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The text of a file at a commit.</summary>
    public Task<string> TextAsync(string commit, string file) => RunAsync("show", $"{commit}:./{file}");

    /// <summary>Whether some paths are the same at a commit and in the working tree, files that git does not track yet among them.</summary>
    public async Task<bool> IsSameAsync(string commit, params string[] paths) =>
        (await TryAsync(["diff", "--quiet", commit, "--", .. paths])).ExitCode == 0
        && (await RunAsync(["ls-files", "--others", "--exclude-standard", "--", .. paths])).Length == 0;

    /// <summary>Writes the project's folder at a commit into a file.</summary>
    public Task ArchiveAsync(string commit, string file) => RunAsync("archive", "--format=tar", "--output", file, commit);

    private async Task<string> RunAsync(params string[] arguments) => await TryAsync(arguments) is { Succeeded: true } done
        ? done.StandardOutput
        : throw new CommandException($"git {arguments[0]} failed: {(await TryAsync(arguments)).StandardError.Trim()}", CommandException.Failed);

    private Task<CommandResult> TryAsync(params string[] arguments) => runner.RunAsync(new Lab.Processes.Command("git", ["-C", folder, .. arguments]));
}
