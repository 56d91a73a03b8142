namespace Infra.MySql;

/// <summary>A file of Scripts/ or Config/ as it lies in the source, with its own line ends.</summary>
internal static class EmbeddedFile
{
    /// <summary>The names of all embedded files with an extension, in order.</summary>
    public static IReadOnlyList<string> Names(string extension) =>
        [.. typeof(EmbeddedFile).Assembly.GetManifestResourceNames()
            .Where(name => Path.GetExtension(name) == extension)
            .Order(StringComparer.Ordinal)];

    /// <summary>A file's text.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(EmbeddedFile).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"no file {name} is embedded", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
