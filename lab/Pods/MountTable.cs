namespace Lab.Pods;

/// <summary>What is mounted on this machine.</summary>
internal static class MountTable
{
    /// <summary>Whether something is mounted at exactly this path.</summary>
    public static bool Contains(string path) => Paths().Contains(path);

    /// <summary>What is mounted at or below a folder, deepest first.</summary>
    public static IReadOnlyList<string> Below(string folder) =>
        [.. Paths().Where(path => path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal)).OrderByDescending(path => path.Length)];

    // Field 5 is the mount point, with octal escapes for white space.
    private static IEnumerable<string> Paths() =>
        File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4].Replace(@"\040", " ", StringComparison.Ordinal));
}
