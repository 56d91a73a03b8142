using Lab.Podman;
using Lab.Processes;

namespace Lab.Images;

/// <summary>Images built on this machine that stand in for those that no registry gives.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="podman">Keeps the images.</param>
/// <param name="runner">Runs the build script.</param>
/// <param name="recipes">What can be built.</param>
public sealed class StandInImages(LabFolder folder, PodmanClient podman, ICommandRunner runner, ImageRecipes recipes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<CommandResult>> _builds = new(StringComparer.Ordinal);

    /// <summary>The local name of the stand-in for a reference, built or not; null when there is no recipe.</summary>
    public string? NameOf(string reference) => recipes.NameOf(reference);

    /// <summary>The stand-in for a reference, built if it isn't there; null when there is no recipe.</summary>
    /// <exception cref="Pods.ContainerStartException">It cannot be built.</exception>
    public async Task<(string Image, string Note)?> FindOrMakeAsync(string reference)
    {
        if (recipes.Find(reference) is not { } recipe)
        {
            return null;
        }

        var image = recipes.NameOf(recipe);
        var isThere = (await podman.TryAsync(["image", "exists", image]).ConfigureAwait(false)).Succeeded;
        var built = await BuildAsync(recipe.Name).ConfigureAwait(false);
        return built.Succeeded ? (image, $"{(isThere ? "stand-in" : "built a stand-in")} from {recipe.MadeFrom}")
            : isThere ? (image, $"stand-in from {recipe.MadeFrom}")
            : throw new Pods.ContainerStartException("ErrImagePull", $"The stand-in for {reference} cannot be built: {LastLine(built)}");
    }

    // Each by itself: one that cannot be built, or takes long, is no matter to those who want another.
    private Task<CommandResult> BuildAsync(string name)
    {
        lock (_gate)
        {
            // What failed is tried anew.
            if (!_builds.TryGetValue(name, out var build) || build is { IsFaulted: true } or { IsCompletedSuccessfully: true, Result.Succeeded: false })
            {
                _builds[name] = build = runner.RunAsync(new Command("bash", [recipes.Script, name])
                {
                    Environment = new Dictionary<string, string?> { ["CONTAINERS_CONF"] = folder.PodmanConfiguration },
                    Timeout = TimeSpan.FromMinutes(10),
                });
            }

            return build;
        }
    }

    // The script's progress is on its standard output, why it failed on the other.
    private static string LastLine(CommandResult result) => result.TimedOut
        ? "it took too long"
        : (result.StandardOutput + result.StandardError).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? $"exit code {result.ExitCode}";
}
