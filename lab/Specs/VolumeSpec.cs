namespace Lab.Specs;

/// <summary>A volume of a pod; one of its sources is set.</summary>
public sealed record VolumeSpec
{
    /// <summary>Its name in the pod.</summary>
    public string Name { get; init; } = "";

    /// <summary>An empty folder that lives as long as the pod.</summary>
    public EmptyDirSource? EmptyDir { get; init; }

    /// <summary>Files from a ConfigMap.</summary>
    public FilesSource? ConfigMap { get; init; }

    /// <summary>Files from a Secret.</summary>
    public FilesSource? Secret { get; init; }
}

/// <summary>An empty folder for a pod.</summary>
public sealed record EmptyDirSource
{
    /// <summary><c>Memory</c> for a file system in memory.</summary>
    public string Medium { get; init; } = "";

    /// <summary>The most it may hold, where it is in memory.</summary>
    public string SizeLimit { get; init; } = "";
}

/// <summary>Files made from the keys of a ConfigMap or Secret.</summary>
public sealed record FilesSource
{
    /// <summary>The ConfigMap's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The Secret's name.</summary>
    public string SecretName { get; init; } = "";

    /// <summary>Which keys become which files; null for all under their own names.</summary>
    public IReadOnlyList<FileItem>? Items { get; init; }

    /// <summary>The files' mode; 0644 by default.</summary>
    public int DefaultMode { get; init; } = 0x1A4;

    /// <summary>Whether object and keys may be missing.</summary>
    public bool Optional { get; init; }
}

/// <summary>A key that becomes a file.</summary>
public sealed record FileItem
{
    /// <summary>The key.</summary>
    public string Key { get; init; } = "";

    /// <summary>The file's path in the volume.</summary>
    public string Path { get; init; } = "";

    /// <summary>The file's mode; the volume's default without one.</summary>
    public int? Mode { get; init; }
}
