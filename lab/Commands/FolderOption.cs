using System.CommandLine;
using Lab.Images;

namespace Lab.Commands;

/// <summary>An instance goes by the folder of manifests that it runs; its own files are in <c>.lab</c> there.</summary>
internal sealed class FolderOption : InstanceOption
{
    private readonly Option<string> folder = new("--folder", "-f")
    {
        Description = "the folder of manifests, and of the instance that runs them",
        DefaultValueFactory = _ => ".",
        HelpName = "folder",
    };

    private readonly Option<string?> recipes = new("--recipes")
    {
        Description = "a folder with recipes.json and build.sh: images to build where no registry answers",
        HelpName = "folder",
    };

    /// <inheritdoc/>
    public override void AddTo(Command command)
    {
        command.Options.Add(folder);
        command.Options.Add(recipes);
    }

    /// <summary>The folder of manifests.</summary>
    public string Folder(ParseResult parsed) => Path.GetFullPath(parsed.GetValue(folder)!);

    /// <inheritdoc/>
    public override LabInstance Instance(ParseResult parsed) => new(
        LabFolder.Of(Folder(parsed), Path.GetFileName(Folder(parsed)), ".lab"),
        parsed.GetValue(recipes) is { } from ? ImageRecipes.Read(Path.GetFullPath(from)) : null);

    /// <inheritdoc/>
    public override string Name(ParseResult parsed) => Folder(parsed);

    /// <inheritdoc/>
    public override string Up(ParseResult parsed) => Line("up", parsed);

    /// <inheritdoc/>
    public override string Down(ParseResult parsed) => Line("down", parsed);

    /// <inheritdoc/>
    public override string Status(ParseResult parsed) => Line("status", parsed);

    private string Line(string command, ParseResult parsed) => $"lab {command} --folder {parsed.GetValue(folder)}";
}
