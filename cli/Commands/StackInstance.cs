using System.CommandLine;
using Lab;
using Lab.Commands;
using Lab.Images;

namespace Cli.Commands;

/// <summary>The instance of the lab that runs a stack: its files are kept in the project's folder.</summary>
internal sealed class StackInstance : InstanceOption
{
    private readonly StackOptions stack = new();

    /// <summary>Where the project keeps instances.</summary>
    private static readonly string Below = Path.Combine(".dev", "lab");

    /// <summary>The images that the lab can build where no registry answers.</summary>
    public static ImageRecipes Recipes { get; } = ImageRecipes.Read(Path.Combine(ProjectFolder.Root, "cli", "Images"));

    /// <summary>The folder of a stack's instance.</summary>
    /// <param name="owner">The project's folder, or one that has its place in tests.</param>
    /// <param name="name">The stack.</param>
    public static LabFolder FolderOf(string owner, string name) => LabFolder.Of(owner, name, Below);

    /// <summary>The instance of a stack.</summary>
    public static LabInstance Of(string stack) => new(FolderOf(ProjectFolder.Root, stack), Recipes);

    /// <inheritdoc/>
    public override void AddTo(Command command) => stack.AddTo(command, settings: false);

    /// <summary>The stack.</summary>
    public string Stack(ParseResult parsed) => stack.Name(parsed);

    /// <inheritdoc/>
    public override LabInstance Instance(ParseResult parsed) => Of(stack.Name(parsed));

    /// <inheritdoc/>
    public override string Name(ParseResult parsed) => $"stack {stack.Name(parsed)}";

    /// <inheritdoc/>
    public override string Up(ParseResult parsed) => Line("up", parsed);

    /// <inheritdoc/>
    public override string Down(ParseResult parsed) => Line("down", parsed);

    /// <inheritdoc/>
    public override string Status(ParseResult parsed) => Line("status", parsed);

    private string Line(string command, ParseResult parsed) => $"./dev {command}{StackOptions.Of(stack.Name(parsed))}";
}
