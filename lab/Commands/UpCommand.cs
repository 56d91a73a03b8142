using System.CommandLine;
using Lab.Images;
using Lab.Manifests;

namespace Lab.Commands;

/// <summary>Runs a folder of manifests.</summary>
internal static class UpCommand
{
    /// <summary>The command.</summary>
    public static Command Create(FolderOption instance)
    {
        var command = new Command("up", "run the folder's manifests, and wait until all pods are ready");
        instance.AddTo(command);
        var recipes = new Option<string?>("--recipes")
        {
            Description = "a folder with recipes.json and build.sh: images to build where no registry answers",
            HelpName = "folder",
        };
        var noInstall = new Option<bool>("--no-install") { Description = "stop where packages are missing, and say which" };
        command.Options.Add(recipes);
        command.Options.Add(noInstall);
        command.SetAction(async parsed =>
        {
            var lab = new LabInstance(instance.Instance(parsed).Folder, parsed.GetValue(recipes) is { } from ? ImageRecipes.Read(Path.GetFullPath(from)) : null);
            await UpSteps.RunAsync(lab, ManifestFiles.Read(instance.Folder(parsed)), install: !parsed.GetValue(noInstall)).ConfigureAwait(false);
            StatusCommand.Print(lab.Cluster.State);
            return 0;
        });
        return command;
    }
}
