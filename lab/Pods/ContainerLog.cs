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

    private static IEnumerable<string> Join(IEnumerable<string> raw)
    {
        var open = new StringBuilder();
        foreach (var line in Join(raw, open))
        {
            yield return line;
        }

        if (open.Length > 0)
        {
            yield return open.ToString();
        }
    }

    /// <summary>Whole lines: a long one comes in parts marked P, of which the last is marked F.</summary>
    /// <param name="raw">Lines of the file.</param>
    /// <param name="open">What there is of a line that has not ended, before and after.</param>
    internal static IEnumerable<string> Join(IEnumerable<string> raw, StringBuilder open)
    {
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
    }
}
