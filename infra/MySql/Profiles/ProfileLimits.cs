namespace Infra.MySql.Profiles;

/// <summary>What a profile cannot do, each as a sentence or nothing.</summary>
internal static class ProfileLimits
{
    /// <summary>Why a profile cannot have a durability; nothing when it can.</summary>
    public static string? DurabilityProblem(MySqlProfile profile, string? durability) =>
        durability != MySqlDurability.SemiSync || profile.HasSemiSync
            ? null
            : $"{profile.Name} does not offer semi-sync; {NamesOf(other => other.HasSemiSync)} do";

    /// <summary>Why a profile has no use for an image of seeding tools; nothing when it has.</summary>
    public static string? ToolsImageProblem(MySqlProfile profile) => profile.Seeding.ToolsImage is not null
        ? null
        : $"{profile.Name} has no use for it: its server seeds others by itself; only {NamesOf(other => other.Seeding.ToolsImage is not null)} takes it";

    /// <summary>Why a profile cannot have certificates; nothing when it can.</summary>
    public static string? TlsProblem(MySqlProfile profile) => profile.HasCertificates
        ? null
        : $"{profile.Name} does not take certificates, as its server cannot take a new one without a restart; {NamesOf(other => other.HasCertificates)} do";

    /// <summary>Why a profile has no backups; nothing when it has.</summary>
    public static string? BackupProblem(MySqlProfile profile) => profile.HasBackups
        ? null
        : $"{profile.Name} has no backups of this library, which are made by CLONE; {NamesOf(other => other.HasBackups)} have";

    private static string NamesOf(Func<MySqlProfile, bool> wanted) => string.Join(" and ", MySqlProfile.All.Where(wanted).Select(profile => profile.Name));
}
