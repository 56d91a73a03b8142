namespace Infra.MySql.Profiles;

/// <summary>
/// Which server a cluster runs, how a replica gets its data, and in which words its scripts speak to the server. Everything in which one
/// profile differs from another is named here; what it names lies in the folders of <c>Scripts/</c> and <c>Config/</c>.
/// </summary>
internal sealed record MySqlProfile
{
    /// <summary>MySQL 5.7, seeded by an xtrabackup 2.4 stream, following by binary log file and position.</summary>
    public static MySqlProfile MySql57 { get; } = new()
    {
        Name = MySqlProfiles.MySql57,
        ServerImage = "mysql:5.7",
        Seeding = SeedingMethod.Xtrabackup("gcr.io/google-samples/xtrabackup:1.0"),
        DialectFolder = "Scripts/Words57",
        ConfigFolder = "Config/MySql57",
        ReadinessDelaySeconds = 5,
    };

    /// <summary>MySQL 8.4, seeded by the server's own CLONE, following by global transaction identifiers (GTIDs).</summary>
    public static MySqlProfile MySql84 { get; } = new()
    {
        Name = MySqlProfiles.MySql84,
        ServerImage = "mysql:8.4",
        Seeding = SeedingMethod.Clone,
        DialectFolder = "Scripts/Words84",
        ConfigFolder = "Config/MySql84",
        SemiSyncConfig = "Config/SemiSync84/semi-sync.cnf",
        HasWriteService = true,
        HasTransactionIds = true,
        HasCertificates = true,
    };

    /// <summary>MySQL 9.7, as 8.4.</summary>
    public static MySqlProfile MySql97 { get; } = MySql84 with { Name = MySqlProfiles.MySql97, ServerImage = "mysql:9.7" };

    /// <summary>Every profile there is.</summary>
    public static IReadOnlyList<MySqlProfile> All { get; } = [MySql57, MySql84, MySql97];

    /// <summary>The name by which a stack chooses it.</summary>
    public required string Name { get; init; }

    /// <summary>The server's image unless the stack names another.</summary>
    public required string ServerImage { get; init; }

    /// <summary>How a new replica gets its data.</summary>
    public required SeedingMethod Seeding { get; init; }

    /// <summary>The folder of the scripts that know the server's SQL: the names of its statements and columns, its users' rights.</summary>
    public required string DialectFolder { get; init; }

    /// <summary>The folder of the configuration files, one for the primary and one for the replicas.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>What semi-synchronous replication adds to both configuration files; null where this profile does not offer it.</summary>
    public string? SemiSyncConfig { get; init; }

    /// <summary>Whether the server can replicate semi-synchronously.</summary>
    public bool HasSemiSync => SemiSyncConfig is not null;

    /// <summary>Whether a cluster has a write Service unless it says otherwise. The document behind the oldest profile knows none.</summary>
    public bool HasWriteService { get; init; }

    /// <summary>How long after a container's start readiness is asked for at the earliest, as the document behind the oldest profile has it; null where its startup probe alone decides.</summary>
    public int? ReadinessDelaySeconds { get; init; }

    /// <summary>Whether every transaction has an identifier that names the server where it began.</summary>
    public bool HasTransactionIds { get; init; }

    /// <summary>Whether its servers can be given certificates, and new ones while they run.</summary>
    public bool HasCertificates { get; init; }

    /// <summary>Whether there are backups of it, which are made by CLONE.</summary>
    public bool HasBackups => Seeding == SeedingMethod.Clone;

    /// <summary>The folders whose scripts a pod of this profile carries: the shared ones, the seeding method's and the dialect's.</summary>
    public IReadOnlyList<string> ScriptFolders => ["Scripts", Seeding.ScriptFolder, DialectFolder];

    /// <summary>The profile of that name, or none.</summary>
    public static MySqlProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
