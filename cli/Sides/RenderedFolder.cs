using Lab.Commands;
using Lab.Manifests;

namespace Cli.Sides;

/// <summary>A folder of manifests: what <c>./dev render --out</c> writes, with what waits for ready pods, or what kubectl tells of a cluster.</summary>
internal static class RenderedFolder
{
    /// <summary>The folder within one that is rendered for objects that are applied once pods are ready: <c>kubectl apply -f</c> leaves it out.</summary>
    public const string OnceReady = "once-ready";

    /// <summary>The objects in the folder.</summary>
    /// <exception cref="CommandException">There are none, a file is not YAML, or something in it is no object.</exception>
    public static IReadOnlyList<Manifest> Read(string folder)
    {
        var later = Path.Combine(folder, OnceReady);
        IReadOnlyList<Manifest> objects = [.. ManifestFiles.Read(folder), .. Exists(later) ? ManifestFiles.Read(later) : []];
        return objects.All(one => one.Kind.Length > 0) ? objects : throw new CommandException($"{folder} has YAML in it that is no Kubernetes object: it names no kind");
    }

    /// <summary>Whether a folder has manifests in it.</summary>
    public static bool Exists(string folder) => Directory.Exists(folder) && Directory.GetFiles(folder, "*.y*ml").Length > 0;
}
