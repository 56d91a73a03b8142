using Lab.Processes;

namespace Lab.Pods;

/// <summary>Files of a ConfigMap, Secret or projected volume, laid out as the kubelet does: real files in a folder that one rename replaces.</summary>
internal static class ProjectedFiles
{
    private const string Current = "..data";
    private static readonly Lock Writing = new();

    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private const uint SameOwner = uint.MaxValue;
    private const UnixFileMode Everyone = (UnixFileMode)0x1FF;

    /// <summary>Writes the files unless they are there with the same content.</summary>
    /// <param name="root">The volume's root.</param>
    /// <param name="files">The files; of two in one place, the later counts.</param>
    /// <param name="group">The pod's group, which may read them whatever their mode says; null where the pod names none.</param>
    public static void Write(string root, IEnumerable<ProjectedFile> files, long? group = null)
    {
        List<ProjectedFile> wanted = [.. files.GroupBy(file => file.Path).Select(same => same.Last())];
        // A pod that starts and a change of the object may meet here.
        lock (Writing)
        {
            Write(root, wanted, group);
        }
    }

    private static void Write(string root, List<ProjectedFile> wanted, long? group)
    {
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, Everyone);
        if (IsCurrent(root, wanted))
        {
            return;
        }

        var version = $"..{DateTime.UtcNow:yyyy_MM_dd_HH_mm_ss.fffffff}";
        foreach (var file in wanted)
        {
            WriteFile(Path.Combine(root, version, file.Path), file.Content, file.Mode, group);
        }

        Directory.CreateDirectory(Path.Combine(root, version));
        Swap(root, version);
        LinkNames(root, wanted);
    }

    private static bool IsCurrent(string root, List<ProjectedFile> wanted)
    {
        var folder = Path.Combine(root, Current);
        return Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() == wanted.Count
            && wanted.TrueForAll(file => File.Exists(Path.Combine(folder, file.Path)) && File.ReadAllBytes(Path.Combine(folder, file.Path)).AsSpan().SequenceEqual(file.Content));
    }

    private static void WriteFile(string path, byte[] content, int mode, long? group)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        File.SetUnixFileMode(path, (UnixFileMode)mode);
        if (group is { } number)
        {
            if (LibC.ChangeOwner(path, SameOwner, (uint)number) != 0)
            {
                throw new IOException($"{path} cannot be given to group {number}.");
            }

            File.SetUnixFileMode(path, (UnixFileMode)mode | Read);
        }
    }

    private static void Swap(string root, string version)
    {
        var link = Path.Combine(root, Current);
        var old = new FileInfo(link).LinkTarget;
        File.Delete(link + "_new");
        File.CreateSymbolicLink(link + "_new", version);
        if (LibC.Rename(link + "_new", link) != 0)
        {
            throw new IOException($"{link} cannot be replaced.");
        }

        if (old is not null)
        {
            Directory.Delete(Path.Combine(root, old), recursive: true);
        }
    }

    private static void LinkNames(string root, List<ProjectedFile> wanted)
    {
        var names = wanted.Select(item => item.Path.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in Directory.EnumerateFileSystemEntries(root).Where(entry => Path.GetFileName(entry) is var name && !name.StartsWith("..", StringComparison.Ordinal) && !names.Contains(name)))
        {
            File.Delete(gone);
        }

        foreach (var name in names.Where(name => new FileInfo(Path.Combine(root, name)).LinkTarget is null))
        {
            File.CreateSymbolicLink(Path.Combine(root, name), Path.Combine(Current, name));
        }
    }
}
