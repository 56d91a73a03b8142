using Lab.Commands;
using Lab.Host;
using Lab.Processes;

namespace Cli.Commands;

/// <summary>Builds the lab's images and prints their names, for a cluster that has no registry either.</summary>
internal static class ImagesCommand
{
    private static readonly TimeSpan BuildTime = TimeSpan.FromMinutes(10);

    /// <summary>The command.</summary>
    public static System.CommandLine.Command Create()
    {
        var command = new System.CommandLine.Command("images", "build the lab's images from Debian packages and print their names");
        command.SetAction(async _ =>
        {
            await HostPackages.EnsureAsync(Console.Error.WriteLine);
            var lab = StackInstance.Of("images");
            lab.Podman();
            var build = new CommandRunner().RunAsync(new Command("bash", [StackInstance.Recipes.Script])
            {
                Environment = new Dictionary<string, string?> { ["CONTAINERS_CONF"] = lab.Folder.PodmanConfiguration },
                Timeout = BuildTime,
                OnLine = Console.Error.WriteLine,
            });
            await Waiting.ForAsync("images   building", build);
            var result = await build;
            Console.Write(result.StandardOutput);
            return result.Succeeded ? 0 : CommandException.Failed;
        });
        return command;
    }
}
