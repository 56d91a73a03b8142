namespace Infra.MySql.Profiles;

/// <summary>
/// The profiles: which server a cluster runs and how its replicas get their data. The values of <see cref="MySqlClusterArgs.Profile"/>; there are no others, as
/// each needs scripts of this library.
/// </summary>
public static class MySqlProfiles
{
    /// <summary>MySQL 5.7, seeded by an xtrabackup 2.4 stream, following by binary log file and position.</summary>
    public const string MySql57 = "mysql-5.7";

    /// <summary>MySQL 8.4, seeded by the server's own CLONE, following by global transaction identifiers (GTIDs).</summary>
    public const string MySql84 = "mysql-8.4";

    /// <summary>MySQL 9.7, as 8.4.</summary>
    public const string MySql97 = "mysql-9.7";

    /// <summary>Every one there is.</summary>
    public static IReadOnlyList<string> All { get; } = [MySql57, MySql84, MySql97];
}
