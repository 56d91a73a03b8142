using Infra.Workloads;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.MySql;

/// <summary>What backups and restores are where nothing was said.</summary>
internal static class MySqlBackupDefaults
{
    /// <summary>Half past two every night.</summary>
    public const string Schedule = "30 2 * * *";

    /// <summary>The zone that has no summer time.</summary>
    public const string TimeZone = "Etc/UTC";

    /// <summary>How many good backups are kept.</summary>
    public const int KeepCount = 14;

    /// <summary>For how many days: without a limit.</summary>
    public const int KeepDays = 0;

    /// <summary>How long a backup may take, in hours.</summary>
    public const int BackupHours = 12;

    /// <summary>How long a restore may take, in hours.</summary>
    public const int RestoreHours = 24;

    /// <summary>How many seconds of writes may be not yet in the archive.</summary>
    public const int ArchiveSeconds = 60;

    /// <summary>So few at least: with each, the store has another file.</summary>
    public const int LeastArchiveSeconds = 10;

    /// <summary>And so many at most.</summary>
    public const int MostArchiveSeconds = 3600;

    /// <summary>The volume for what is received and not yet stored.</summary>
    public const string ArchiveStorage = "10Gi";

    /// <summary>The image that brings rclone.</summary>
    public const string RcloneImage = "rclone/rclone:1.71";

    /// <summary>The longest name of a cluster with backups or a restore: a CronJob's name has at most 52 characters, a Job's 63.</summary>
    public const int MaxSetLength = 44;

    /// <summary>The longest name of a cluster whose logs are archived, by a set of its own with one ordinal.</summary>
    public const int MaxArchivedSetLength = 42;

    /// <summary>A server on the copy has a small buffer pool, whatever the stack's options give to the real ones.</summary>
    public static ResourceRequirementsArgs Resources() => ContainerResources.Of(MySqlDefaults.Cpu, MySqlDefaults.Memory);

    /// <summary>What makes snapshots only asks others; no server runs there.</summary>
    public static ResourceRequirementsArgs MakerResources() => ContainerResources.Of("50m", "128Mi");

    /// <summary>The archive's server has nothing to apply.</summary>
    public static ResourceRequirementsArgs ArchiveResources() => ContainerResources.Of("100m", "512Mi");

    /// <summary>What the container asks for that copies one program.</summary>
    public static ResourceRequirementsArgs ToolResources() => ContainerResources.Of("10m", "32Mi");
}
