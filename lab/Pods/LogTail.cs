using System.Text;

namespace Lab.Pods;

/// <summary>A container's output as it grows.</summary>
/// <param name="path">The file, as podman keeps it.</param>
internal sealed class LogTail(string path)
{
    private readonly StringBuilder open = new();
    private long read;

    /// <summary>The whole lines that have come since the last call.</summary>
    public IReadOnlyList<string> Read()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        file.Seek(read, SeekOrigin.Begin);
        var bytes = new byte[file.Length - read];
        var count = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        // What ends in no line end is still being written.
        var whole = Array.LastIndexOf(bytes, (byte)'\n', count - 1) + 1;
        read += whole;
        return [.. ContainerLog.Join(Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries), open)];
    }
}
