using Lab.Cluster.Podman;
using Lab.Cluster.Processes;

namespace Lab.Cluster.Images;

/// <summary>Images built from Debian packages that stand in for those of the seed's systems where no registry answers.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="podman">Keeps the images.</param>
/// <param name="runner">Runs the build script.</param>
/// <param name="script">The build script, lab/Images/build.sh and leaves what is up to date alone.</param>
public sealed class StandInImages(LabFolder folder, PodmanClient podman, ICommandRunner runner, string script)
{
    private const string Prefix = "localhost/statefulset/";

    // Debian has no 8.4.
    private const string MySql = "Debian's MySQL 9.7";

    // What a reference's last part stands for, and what it is made of.
    private static readonly Dictionary<string, string> MadeOf = new(StringComparer.Ordinal)
    {
        ["mysql:5.7"] = "Debian's MariaDB 10.11",
        ["xtrabackup:1.0"] = "Debian's MariaDB 10.11",
        ["nginx:1.9.1"] = "Debian's nginx",
        ["mysql:8.4"] = MySql,
        ["mysql:9.7"] = MySql,
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<CommandResult>> _builds = new(StringComparer.Ordinal);

    /// <summary>The local name of the stand-in for a reference, built or not; null when the lab knows none.</summary>
    public static string? NameOf(string reference) => MadeOf.ContainsKey(ImageReference.Base(reference)) ? Prefix + ImageReference.Base(reference) : null;

    /// <summary>The stand-in for a reference, built if it isn't there; null when the lab knows none.</summary>
    /// <exception cref="Pods.ContainerStartException">It cannot be built.</exception>
    public async Task<(string Image, string Note)?> FindOrMakeAsync(string reference)
    {
        var name = ImageReference.Base(reference);
        if (NameOf(reference) is not { } image)
        {
            return null;
        }

        var source = MadeOf[name];
        var isThere = (await podman.TryAsync(["image", "exists", image]).ConfigureAwait(false)).Succeeded;
        var built = await BuildAsync(name).ConfigureAwait(false);
        return built.Succeeded ? (image, $"{(isThere ? "stand-in" : "built a stand-in")} from {source}")
            : isThere ? (image, $"stand-in from {source}")
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
                _builds[name] = build = runner.RunAsync(new Command("bash", [script, name])
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
