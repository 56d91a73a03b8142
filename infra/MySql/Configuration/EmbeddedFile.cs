using System.Collections.Concurrent;

namespace Infra.MySql;

/// <summary>A file of Scripts/ or Config/ as it lies in the source, with its own line ends, known by its path such as <c>Scripts/lib.sh</c>.</summary>
internal static class EmbeddedFile
{
    // Each is read once, however many clusters a program has.
    private static readonly ConcurrentDictionary<string, string> Texts = [];
    private static readonly Lazy<ILookup<string, string>> Folders =
        new(() => typeof(EmbeddedFile).Assembly.GetManifestResourceNames().ToLookup(path => path[..Math.Max(0, path.LastIndexOf('/'))]));

    /// <summary>The paths of all embedded files directly in a folder.</summary>
    public static IReadOnlyList<string> In(string folder) => [.. Folders.Value[folder]];

    /// <summary>A file's text.</summary>
    public static string Read(string path) => Texts.GetOrAdd(path, Text);

    private static string Text(string path)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(path)
            ?? throw new ArgumentException($"no file {path} is embedded", nameof(path));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
