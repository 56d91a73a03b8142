using System.CommandLine;

namespace Lab.Commands;

/// <summary>An instance goes by the folder of manifests that it runs; its own files are in <c>.lab</c> there.</summary>
internal sealed class FolderOption : InstanceOption
{
    private const string Below = ".lab";

    private readonly Option<string> folder = new("--folder", "-f")
    {
        Description = "the folder of manifests, and of the instance that runs them",
        DefaultValueFactory = _ => ".",
        HelpName = "folder",
    };

    /// <inheritdoc/>
    public override void AddTo(Command command) => command.Options.Add(folder);

    /// <summary>The folder of manifests.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(folder)!) is var full && Directory.Exists(full)
        ? full
        : throw new CommandException($"there is no folder {full}");

    /// <inheritdoc/>
    public override LabInstance Instance(ParseResult parsed) => new(FolderOf(Folder(parsed)));

    /// <inheritdoc/>
    public override string Name(ParseResult parsed) => Folder(parsed);

    /// <inheritdoc/>
    public override string Line(string command, ParseResult parsed) => $"lab {command} --folder {parsed.GetValue(folder)}";

    /// <summary>The files of the instance that runs a folder. Podman takes its name for names of its own, where a folder may be called anything.</summary>
    internal static LabFolder FolderOf(string folder)
    {
        var letters = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)).ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');
        return LabFolder.Of(folder, string.Concat(letters).Trim('-') is { Length: > 0 } name ? name : "lab", Below);
    }
}
