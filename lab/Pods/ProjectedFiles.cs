using k8s.Models;
using Lab.Processes;

namespace Lab.Pods;

/// <summary>Files of a ConfigMap or Secret volume, laid out as the kubelet does: real files in a folder that one rename replaces.</summary>
internal static class ProjectedFiles
{
    private const string Current = "..data";
    private static readonly Lock Writing = new();

    private const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.GroupRead;
    private const uint SameOwner = uint.MaxValue;
    private const UnixFileMode Everyone = (UnixFileMode)0x1FF;

    /// <summary>Writes the files unless they are there with the same content.</summary>
    /// <param name="root">The volume's root.</param>
    /// <param name="source">Which files.</param>
    /// <param name="data">Their content by key.</param>
    /// <param name="group">The pod's group, which may read them whatever their mode says; null where the pod names none.</param>
    /// <exception cref="ClusterException">A key that is named is missing.</exception>
    public static void Write(string root, ProjectedSource source, IReadOnlyDictionary<string, byte[]> data, long? group = null)
    {
        var items = source.Items ?? [.. data.Keys.Select(key => new V1KeyToPath { Key = key, Path = key })];
        var missing = items.FirstOrDefault(item => !data.ContainsKey(item.Key));
        if (missing is not null && !source.Optional)
        {
            throw new ClusterException($"{source.Kind} {source.Name} has no key {missing.Key}.");
        }

        // A pod that starts and a change of the object may meet here.
        lock (Writing)
        {
            Write(root, source, items.Where(item => data.ContainsKey(item.Key)).ToList(), data, group);
        }
    }

    private static void Write(string root, ProjectedSource source, List<V1KeyToPath> wanted, IReadOnlyDictionary<string, byte[]> data, long? group)
    {
        Directory.CreateDirectory(root);
        File.SetUnixFileMode(root, Everyone);
        if (IsCurrent(root, wanted, data))
        {
            return;
        }

        var version = $"..{DateTime.UtcNow:yyyy_MM_dd_HH_mm_ss.fffffff}";
        foreach (var item in wanted)
        {
            WriteFile(Path.Combine(root, version, item.Path), data[item.Key], item.Mode ?? source.DefaultMode, group);
        }

        Directory.CreateDirectory(Path.Combine(root, version));
        Swap(root, version);
        LinkNames(root, wanted);
    }

    private static bool IsCurrent(string root, List<V1KeyToPath> wanted, IReadOnlyDictionary<string, byte[]> data)
    {
        var folder = Path.Combine(root, Current);
        return Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() == wanted.Count
            && wanted.All(item => File.Exists(Path.Combine(folder, item.Path)) && File.ReadAllBytes(Path.Combine(folder, item.Path)).AsSpan().SequenceEqual(data[item.Key]));
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

    private static void LinkNames(string root, List<V1KeyToPath> wanted)
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
