using Lab.Manifests;

namespace Cli.Sides;

/// <summary>A folder of manifests: what <c>./dev render --out</c> writes, with what waits for ready pods, or what kubectl tells of a cluster.</summary>
internal static class ManifestFolder
{
    /// <summary>The folder within one that is rendered for objects that are applied once pods are ready: <c>kubectl apply -f</c> leaves it out.</summary>
    public const string OnceReady = "once-ready";

    /// <summary>The objects in the folder.</summary>
    /// <exception cref="Lab.Commands.CommandException">There are none, or a file is not YAML.</exception>
    public static IReadOnlyList<Manifest> Read(string folder)
    {
        var later = Path.Combine(folder, OnceReady);
        return [.. ManifestFiles.Read(folder), .. Directory.Exists(later) && Directory.GetFiles(later, "*.y*ml").Length > 0 ? ManifestFiles.Read(later) : []];
    }

    /// <summary>Whether a folder has manifests in it.</summary>
    public static bool Exists(string folder) => Directory.Exists(folder) && Directory.GetFiles(folder, "*.y*ml").Length > 0;
}
