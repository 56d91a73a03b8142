using Infra.MySql;
using Infra.MySql.Profiles;
using Lab.Processes;

namespace Trials.Faults;

/// <summary>A profile as tests speak of it: its servers' own words, so that nothing of the scripts under test takes part, and what its pods say.</summary>
/// <param name="ProfileName">The profile.</param>
public sealed record ServerTerms(string ProfileName)
{
    /// <summary>The profile that is seeded by xtrabackup.</summary>
    public static ServerTerms MySql57 { get; } = new(MySqlProfiles.MySql57)
    {
        ShowReplication = "SHOW SLAVE STATUS;",
        StopReplication = "STOP SLAVE",
        StartReplication = "START SLAVE",
        SkipTransaction = "SET GLOBAL sql_slave_skip_counter = 1;",
        PurgedReason = "the primary no longer has the binary log this replica needs",
        Users = "backup 127.0.0.1 N N N N N N\nhealth 127.0.0.1 N N N N N N\nreplication % N N N N N Y",
    };

    /// <summary>The profile that is seeded by CLONE and on which the whole suite runs.</summary>
    public static ServerTerms MySql84 { get; } = new(MySqlProfiles.MySql84)
    {
        ShowReplication = "SHOW REPLICA STATUS;",
        StopReplication = "STOP REPLICA",
        StartReplication = "START REPLICA",
        // The transaction that does not fit takes place as an empty one, under its own identifier.
        SkipTransaction =
            """
            SELECT APPLYING_TRANSACTION INTO @failed FROM performance_schema.replication_applier_status_by_worker WHERE LAST_ERROR_NUMBER <> 0 LIMIT 1;
            SET @@SESSION.gtid_next = @failed; BEGIN; COMMIT; SET @@SESSION.gtid_next = AUTOMATIC;
            """,
        PurgedReason = "no longer has the binary logs with what this replica lacks",
        Users = "backup % N N N N N N\nhealth 127.0.0.1 N N N N N N\nreplication % N N N N N Y",
    };

    /// <summary>As 8.4.</summary>
    public static ServerTerms MySql97 { get; } = MySql84 with { ProfileName = MySqlProfiles.MySql97 };

    /// <summary>The profile itself.</summary>
    internal MySqlProfile Profile => MySqlProfile.Find(ProfileName)!;

    /// <summary>The statement that shows a replica's status.</summary>
    public required string ShowReplication { get; init; }

    /// <summary>The statement that stops replication; a thread's name and a semicolon may follow.</summary>
    public required string StopReplication { get; init; }

    /// <summary>The statement that starts replication.</summary>
    public required string StartReplication { get; init; }

    /// <summary>The statements with which a replica passes over the transaction that its applier failed at.</summary>
    public required string SkipTransaction { get; init; }

    /// <summary>What a replica says when all servers have purged what it needs.</summary>
    public required string PurgedReason { get; init; }

    /// <summary>The cluster's own users: name, host, and the rights Super, Select, Insert, Create, Grant and Repl_slave.</summary>
    public required string Users { get; init; }

    /// <summary>The name of the sidecar.</summary>
    public string Sidecar => Profile.Seeding.Sidecar;

    /// <summary>When a client of the primary hears that its transaction is done.</summary>
    public string Durability { get; init; } = MySqlDurability.Async;

    /// <summary>How far a replica may be behind and still serve readers, in seconds.</summary>
    public int MaxLagSeconds { get; init; } = 3;

    /// <summary>When the primary follows a change.</summary>
    public string PrimaryUpdate { get; init; } = MySqlPrimaryUpdate.Auto;

    /// <summary>An option of the server; its own where there is none.</summary>
    public int? MaxConnections { get; init; }

    /// <summary>The statement that has a stopped replica apply what it receives some seconds after it was written.</summary>
    public string Delay(int seconds) => Profile == MySqlProfile.MySql57 ? $"CHANGE MASTER TO MASTER_DELAY = {seconds};" : $"CHANGE REPLICATION SOURCE TO SOURCE_DELAY = {seconds};";

    /// <summary>Whether every pod has an exporter.</summary>
    public bool HasMetrics { get; init; }

    /// <summary>The Secret with the servers' certificate; none where there is none.</summary>
    public string? TlsSecret { get; init; }

    /// <summary>The cluster's DNS domain; none where names end in .svc.</summary>
    public string? Domain { get; init; }

    /// <summary>Whether root may log in from elsewhere than its own pod; null where that stays as it is.</summary>
    public bool? RemoteRoot { get; init; }

    /// <summary>Settings of a system that is small and quick to notice.</summary>
    public object Settings(int replicas) => new
    {
        name = FaultLab.Set,
        profile = ProfileName,
        durability = Durability,
        replicas,
        maxLagSeconds = MaxLagSeconds,
        update = new { primary = PrimaryUpdate },
        options = MaxConnections is { } connections ? new { max_connections = connections } : null,
        metrics = HasMetrics ? new { } : null,
        domain = Domain,
        remoteRoot = RemoteRoot,
        tls = TlsSecret is { } secret ? new { secret } : null,
        seedTimeoutSeconds = 15,
        resources = new { cpu = "100m", memory = "256Mi" },
    };

    /// <summary>Whether a process is a server. The stand-in for 5.7 runs under its own name.</summary>
    internal static bool IsServer(WatchedProcess process) => process.CommandLine() is [var program, ..] && Path.GetFileName(program) is "mysqld" or "mariadbd";
}
