namespace Infra.MySql;

/// <summary>A user of the server that the cluster itself needs.</summary>
/// <param name="Name">The user's name on the server.</param>
/// <param name="Purpose">What it is for, as a phrase.</param>
internal sealed record MySqlUser(string Name, string Purpose)
{
    /// <summary>The user who may do everything.</summary>
    public const string Administrator = "root";

    /// <summary>Every one there is.</summary>
    public static IReadOnlyList<MySqlUser> All { get; } =
    [
        new(Administrator, "administration"),
        new("replication", "replicas that follow the primary"),
        new("health", "probes and status"),
        new("backup", "seeding new replicas"),
    ];

    /// <summary>The key of the user's password in the cluster's Secret, and the name of its file in the pods.</summary>
    public string SecretKey => $"{Name}-password";
}
