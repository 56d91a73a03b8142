namespace Infra.MySql;

/// <summary>Which server a cluster runs and with which tools a replica gets its data.</summary>
/// <param name="Name">The name by which a stack chooses it.</param>
/// <param name="ServerImage">The server's image unless the stack names another.</param>
/// <param name="XtrabackupImage">The seeding tools' image unless the stack names another.</param>
public sealed record MySqlProfile(string Name, string ServerImage, string XtrabackupImage)
{
    /// <summary>MySQL 5.7, seeded by an xtrabackup 2.4 stream, following by binary log file and position.</summary>
    public static MySqlProfile MySql57 { get; } = new("mysql-5.7", "mysql:5.7", "gcr.io/google-samples/xtrabackup:1.0");

    /// <summary>Every profile there is.</summary>
    public static IReadOnlyList<MySqlProfile> All { get; } = [MySql57];

    /// <summary>The profile of that name, or none.</summary>
    public static MySqlProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
