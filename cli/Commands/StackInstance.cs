using System.CommandLine;
using Lab;
using Lab.Commands;
using Lab.Images;

namespace Cli.Commands;

/// <summary>The instance of the lab that runs a stack: its files are kept in the project's folder.</summary>
internal sealed class StackInstance : InstanceOption
{
    /// <summary>Where the project keeps instances.</summary>
    private static readonly string Below = Path.Combine(".dev", "lab");

    private readonly StackOptions stack = new();

    /// <summary>The images that the lab can build where no registry answers; read by those who ask, as most commands need none.</summary>
    public static ImageRecipes Recipes => ImageRecipes.Read(Path.Combine(ProjectFolder.Root, "cli", "Images"));

    /// <summary>The instance of a stack.</summary>
    public static LabInstance Of(string stack) => Of(ProjectFolder.Root, stack);

    /// <summary>An instance that belongs to another folder than the project's, as trials have.</summary>
    public static LabInstance Of(string owner, string name) => new(LabFolder.Of(owner, name, Below), Recipes);

    /// <inheritdoc/>
    public override void AddTo(Command command) => stack.AddTo(command, settings: false);

    /// <summary>The stack.</summary>
    public string Stack(ParseResult parsed) => stack.Name(parsed);

    /// <inheritdoc/>
    public override LabInstance Instance(ParseResult parsed) => Of(Stack(parsed));

    /// <inheritdoc/>
    public override string Name(ParseResult parsed) => $"stack {Stack(parsed)}";

    /// <inheritdoc/>
    public override string Line(string command, ParseResult parsed) => $"./dev {command}{StackOptions.Of(Stack(parsed))}";
}
