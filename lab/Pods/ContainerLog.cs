using System.Text;

namespace Lab.Pods;

/// <summary>A container's output as podman keeps it: lines of <c>time stream F|P text</c>.</summary>
public static class ContainerLog
{
    private const int TailBytes = 16 * 1024;

    /// <summary>All lines, without the time and stream.</summary>
    public static IEnumerable<string> Lines(string path) => File.Exists(path) ? Join(File.ReadLines(path)) : [];

    /// <summary>The last lines, without reading the whole file.</summary>
    public static IReadOnlyList<string> Tail(string path, int count)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var cut = file.Length > TailBytes;
        file.Seek(cut ? file.Length - TailBytes : 0, SeekOrigin.Begin);
        using var reader = new StreamReader(file, Encoding.UTF8);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return [.. Join(lines.Skip(cut ? 1 : 0)).TakeLast(count)];
    }

    // A long line, or one without an end yet, comes in parts marked P; the last part is marked F.
    private static IEnumerable<string> Join(IEnumerable<string> raw)
    {
        var open = new StringBuilder();
        foreach (var line in raw)
        {
            var fields = line.Split(' ', 4);
            if (fields.Length < 4)
            {
                continue;
            }

            open.Append(fields[3]);
            if (fields[2] == "F")
            {
                yield return open.ToString();
                open.Clear();
            }
        }

        if (open.Length > 0)
        {
            yield return open.ToString();
        }
    }
}
