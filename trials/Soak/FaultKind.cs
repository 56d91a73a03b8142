namespace Trials.Soak;

/// <summary>What a soak does to a cluster.</summary>
internal enum FaultKind
{
    /// <summary>A pod is killed with all its containers.</summary>
    PodKilled,

    /// <summary>A pod is deleted and may end in order.</summary>
    PodDeleted,

    /// <summary>A server is killed in its pod.</summary>
    ServerKilled,

    /// <summary>A sidecar is killed in its pod.</summary>
    SidecarKilled,

    /// <summary>A replica more is asked for, and its seeding is killed on the way.</summary>
    SeedingKilled,

    /// <summary>The last replica goes for a while and comes back on its claim.</summary>
    ScaledDownAndUp,

    /// <summary>A server's name does not resolve for a while.</summary>
    NameBlocked,

    /// <summary>Replication is stopped by hand for a while.</summary>
    ReplicationStopped,

    /// <summary>A server hangs for a while.</summary>
    ServerFrozen,

    /// <summary>Every pod is killed at once.</summary>
    AllPodsKilled,

    /// <summary>Two pods are killed at once, as if with their machine.</summary>
    MachineLost,

    /// <summary>Clients take all connections of a server for a while.</summary>
    ConnectionsTaken,

    /// <summary>A replica's server is killed, and the end of its relay log is missing.</summary>
    RelayLogTorn,

    /// <summary>An option changes, and the pods roll.</summary>
    OptionChanged,
}
