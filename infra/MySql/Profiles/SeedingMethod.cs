using Infra.Workloads;

namespace Infra.MySql.Profiles;

/// <summary>
/// How a new replica gets its data. A method is a folder of scripts that answer to the same names (<c>clone-mysql.sh</c> and
/// <c>seeding.sh</c>), and what its pod needs for them.
/// </summary>
internal sealed class SeedingMethod
{
    private SeedingMethod()
    {
    }

    /// <summary>The server's CLONE plugin: the new replica's own image fetches the data over the server's port.</summary>
    public static SeedingMethod Clone { get; } = new() { ScriptFolder = "Scripts/Clone", Sidecar = "replication" };

    /// <summary>The folder of its scripts.</summary>
    public required string ScriptFolder { get; init; }

    /// <summary>The name of the sidecar, which keeps replication and users and, where the server cannot do it, serves backups.</summary>
    public required string Sidecar { get; init; }

    /// <summary>The image of its tools; null where the server needs none.</summary>
    public string? ToolsImage { get; init; }

    /// <summary>Where the sidecar gives a backup to a new replica; null where the server does it.</summary>
    public NamedPort? BackupPort { get; init; }

    /// <summary>A stream of xtrabackup, given by the sidecar on a port of its own to whoever proves that it belongs to the cluster.</summary>
    /// <param name="image">The tools' image.</param>
    public static SeedingMethod Xtrabackup(string image) => new()
    {
        ScriptFolder = "Scripts/Xtrabackup",
        Sidecar = "xtrabackup",
        ToolsImage = image,
        BackupPort = new("xtrabackup", 3307),
    };
}
