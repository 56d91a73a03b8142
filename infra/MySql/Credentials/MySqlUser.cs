namespace Infra.MySql;

/// <summary>A user of the server that the cluster itself needs.</summary>
/// <param name="Name">The user's name on the server.</param>
internal sealed record MySqlUser(string Name)
{
    /// <summary>The user who may do everything.</summary>
    public const string Administrator = "root";

    /// <summary>Those of every cluster.</summary>
    private static readonly IReadOnlyList<MySqlUser> Always =
    [
        new(Administrator),
        // Replicas that follow the primary.
        new("replication"),
        // Probes and status.
        new("health"),
        // Seeding of new replicas.
        new("backup"),
    ];

    /// <summary>The exporter of metrics.</summary>
    private static readonly MySqlUser Metrics = new("metrics");

    /// <summary>Those of a cluster with these arguments.</summary>
    public static IReadOnlyList<MySqlUser> Of(MySqlClusterArgs args) => args.Metrics is null ? Always : [.. Always, Metrics];

    /// <summary>The key of the user's password in the cluster's Secret, and the name of its file in the pods.</summary>
    public string SecretKey => $"{Name}-password";
}
