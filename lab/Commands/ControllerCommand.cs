using System.CommandLine;
using Lab.Images;

namespace Lab.Commands;

/// <summary>The process that keeps an instance as it should be after the command that started it has returned; not for people.</summary>
internal static class ControllerCommand
{
    private const string Name = "controller";

    /// <summary>The command line that is the controller of an instance.</summary>
    public static IReadOnlyList<string> Arguments(LabFolder folder, ImageRecipes? recipes) => [Name, folder.Id, folder.Path, .. recipes is null ? [] : new[] { recipes.Folder }];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "keep an instance as it should be (started by up)") { Hidden = true };
        var (id, path) = (new Argument<string>("id"), new Argument<string>("path"));
        var recipes = new Argument<string?>("recipes") { Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(id);
        command.Arguments.Add(path);
        command.Arguments.Add(recipes);
        command.SetAction(parsed => new LabInstance(
            new LabFolder(parsed.GetValue(id)!, parsed.GetValue(path)!), parsed.GetValue(recipes) is { } folder ? ImageRecipes.Read(folder) : null).RunControllerAsync());
        return command;
    }
}
