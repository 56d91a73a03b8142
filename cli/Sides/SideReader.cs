using Cli.Evaluation;
using Lab.Commands;

namespace Cli.Sides;

/// <summary>
/// Finds out what a text names that is to be compared: a git revision, else a folder of manifests, else a stack. One that begins with a dot or a slash is a folder, and
/// <c>Pulumi.shop.yaml</c> the stack, whatever revisions are called.
/// </summary>
/// <param name="project">The project's folder.</param>
/// <param name="stack">The stack that is compared.</param>
/// <param name="settings">Settings over those of the stack's file, where the working tree is one side.</param>
/// <param name="git">The project's folder as git knows it.</param>
/// <param name="build">Builds the program of another revision.</param>
internal sealed class SideReader(string project, string stack, IReadOnlyList<string> settings, Git git, BaseBuild build)
{
    private const string ProjectFile = "Pulumi.yaml";

    /// <summary>What today's objects are made by; the stack files, with the defaults in Pulumi.yaml, are read at each revision itself.</summary>
    private static readonly string[] ProgramPaths = ["infra", "stacks", "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"];

    /// <summary>The working tree, with the settings of the command line.</summary>
    public async Task<Side> WorkingTreeAsync()
    {
        var file = StackFile.Read(project, stack, settings);
        var with = settings.Count == 0 ? string.Empty : $" with {string.Join(", ", settings)}";
        return new Side($"stack {stack} of the working tree{with}", await StandInPasswords.ObjectsAsync(file)) { Stack = file };
    }

    /// <summary>What a text names.</summary>
    /// <exception cref="CommandException">It names nothing, or what it names cannot be evaluated.</exception>
    public async Task<Side> ReadAsync(string text)
    {
        var isPath = text.StartsWith('.') || text.StartsWith('/');
        var named = StackOf(text);
        var commit = isPath || text.StartsWith("Pulumi.", StringComparison.Ordinal) ? null : await git.CommitAsync(text);
        var (folder, other) = (RenderedFolder.Exists(text) && text != project, File.Exists(Path.Combine(project, $"Pulumi.{named}.yaml")));
        return commit is not null ? await RevisionAsync(text, commit, Also(folder ? $"the folder ./{text}" : null, other ? $"the stack Pulumi.{named}.yaml" : null))
            : isPath || folder ? new Side($"the manifests in {text}{Also(!isPath && other ? $"the stack Pulumi.{named}.yaml" : null)}", RenderedFolder.Read(text))
            : other ? await StackAsync(named)
            : throw new CommandException($"{text} is no git revision, no folder with manifests (*.yaml) in it, and no stack{Stacks()}");
    }

    private static string StackOf(string text) =>
        text.StartsWith("Pulumi.", StringComparison.Ordinal) && text.EndsWith(".yaml", StringComparison.Ordinal) && text.Length > "Pulumi..yaml".Length ? text["Pulumi.".Length..^".yaml".Length] : text;

    private static string Also(params string?[] others) => others.OfType<string>().ToList() is { Count: > 0 } there ? $" (not {string.Join(" or ", there)}, which is there too)" : string.Empty;

    private async Task<Side> StackAsync(string name)
    {
        var file = StackFile.Read(project, name, []);
        return new Side($"stack {name}", await StandInPasswords.ObjectsAsync(file)) { Stack = file };
    }

    private async Task<Side> RevisionAsync(string text, string commit, string also)
    {
        var name = $"stack {stack} at git revision {text}{(commit.StartsWith(text, StringComparison.Ordinal) ? string.Empty : $" ({commit[..12]})")}{also}";
        var files = await git.FilesAsync(commit);
        var file = $"Pulumi.{stack}.yaml";
        if (!files.Any(path => Path.GetFileName(path) == ProjectFile))
        {
            throw new CommandException($"revision {text} has no {ProjectFile} in the project's folder: it is of before this program", CommandException.Failed);
        }

        if (!files.Any(path => Path.GetFileName(path) == file))
        {
            return new Side($"{name}: there is no such stack yet", []);
        }

        if (!await git.IsSameAsync(commit, ProgramPaths))
        {
            return new Side($"{name}, by the program of that revision, which was built for it", await build.RenderAsync(commit, stack));
        }

        var read = await StackFileAsync(commit, file);
        return new Side($"{name}, by today's program, which is the same", await StandInPasswords.ObjectsAsync(read)) { Stack = read };
    }

    /// <summary>The stack's file and the project's as they were at a commit.</summary>
    private async Task<StackFile> StackFileAsync(string commit, string file)
    {
        var folder = Directory.CreateTempSubdirectory("statefulset-diff-").FullName;
        try
        {
            foreach (var each in new[] { ProjectFile, file })
            {
                await File.WriteAllTextAsync(Path.Combine(folder, each), await git.TextAsync(commit, each));
            }

            return StackFile.Read(folder, stack, []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Stacks() => $"; there are the stacks {string.Join(", ", Directory.GetFiles(project, "Pulumi.*.yaml").Select(path => StackOf(Path.GetFileName(path))).Order(StringComparer.Ordinal))}";
}
