using System.Formats.Tar;

namespace Lab.Podman;

/// <summary>The image whose one program holds a pod's namespaces and does nothing else.</summary>
public static class PauseImage
{
    /// <summary>Its name.</summary>
    public const string Name = "localhost/statefulset/pause:1";

    /// <summary>Its program, with which a pod's first container runs.</summary>
    public const string Command = "/catatonit -P";

    private const string Program = "/usr/bin/catatonit";

    /// <summary>Makes the image from this machine's catatonit unless it is there.</summary>
    /// <exception cref="ClusterException">catatonit is not installed.</exception>
    public static async Task EnsureAsync(LabFolder folder, PodmanClient podman)
    {
        if ((await podman.TryAsync(["image", "exists", Name]).ConfigureAwait(false)).Succeeded)
        {
            return;
        }

        if (!File.Exists(Program))
        {
            throw new ClusterException("catatonit is missing: it holds each pod's network (Debian package catatonit).");
        }

        var archive = Path.Combine(folder.Path, $"pause-{Guid.NewGuid():N}.tar");
        await using (var tar = new TarWriter(File.Create(archive)))
        {
            await tar.WriteEntryAsync(Program, "catatonit").ConfigureAwait(false);
            foreach (var mountPoint in new[] { "dev", "proc", "sys", "etc", "run" })
            {
                await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.Directory, mountPoint)).ConfigureAwait(false);
            }
        }

        await podman.RunAsync("import", "--quiet", archive, Name).ConfigureAwait(false);
        File.Delete(archive);
    }
}
