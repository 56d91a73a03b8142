using Lab.Cluster.Podman;
using Lab.Cluster.Processes;

namespace Lab.Cluster.Images;

/// <summary>Images built from Debian packages that stand in for those that the lab knows where no registry answers.</summary>
/// <param name="folder">The instance's folder.</param>
/// <param name="podman">Keeps the images.</param>
/// <param name="runner">Runs the build script.</param>
/// <param name="script">The build script, lab/Images/build.sh and leaves what is up to date alone.</param>
public sealed class StandInImages(LabFolder folder, PodmanClient podman, ICommandRunner runner, string script)
{
    private const string Prefix = "localhost/statefulset/";

    // Debian has no 8.4.
    private const string MySql = "Debian's MySQL 9.7";

    // Debian has one version.
    private const string Etcd = "etcd:3.4";

    // What a reference's last part stands for, and what it is made of.
    private static readonly Dictionary<string, string> MadeOf = new(StringComparer.Ordinal)
    {
        ["mysql:5.7"] = "Debian's MariaDB 10.11",
        ["xtrabackup:1.0"] = "Debian's MariaDB 10.11",
        ["nginx:1.9.1"] = "Debian's nginx",
        ["mysql:8.4"] = MySql,
        ["mysql:9.7"] = MySql,
        [Etcd] = "Debian's etcd 3.4",
    };

    // Repositories of which one stand-in serves every tag.
    private static readonly Dictionary<string, string> ByRepository = new(StringComparer.Ordinal)
    {
        ["quay.io/coreos/etcd"] = Etcd,
        ["gcr.io/etcd-development/etcd"] = Etcd,
    };

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<CommandResult>> _builds = new(StringComparer.Ordinal);

    /// <summary>The local name of the stand-in for a reference, built or not; null when the lab knows none.</summary>
    public static string? NameOf(string reference) => Find(reference) is { } name ? Prefix + name : null;

    /// <summary>The stand-in for a reference, built if it isn't there; null when the lab knows none.</summary>
    /// <exception cref="Pods.ContainerStartException">It cannot be built.</exception>
    public async Task<(string Image, string Note)?> FindOrMakeAsync(string reference)
    {
        if (Find(reference) is not { } name)
        {
            return null;
        }

        var (image, source) = (Prefix + name, MadeOf[name]);
        var isThere = (await podman.TryAsync(["image", "exists", image]).ConfigureAwait(false)).Succeeded;
        var built = await BuildAsync(name).ConfigureAwait(false);
        return built.Succeeded ? (image, $"{(isThere ? "stand-in" : "built a stand-in")} from {source}")
            : isThere ? (image, $"stand-in from {source}")
            : throw new Pods.ContainerStartException("ErrImagePull", $"The stand-in for {reference} cannot be built: {LastLine(built)}");
    }

    private static string? Find(string reference)
    {
        var name = ByRepository.GetValueOrDefault(ImageReference.WithoutTag(reference), ImageReference.Base(reference));
        return MadeOf.ContainsKey(name) ? name : null;
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
