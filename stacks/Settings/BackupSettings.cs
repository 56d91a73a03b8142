using Infra.MySql;
using Stacks.Systems;

namespace Stacks.Settings;

/// <summary>The settings of a system's backups, and of the backup that it begins from.</summary>
internal static class BackupSettings
{
    /// <summary>Reads the section <c>backup</c>; nothing where it is left out.</summary>
    public static MySqlBackupArgs? Read(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var args = new MySqlBackupArgs
        {
            Store = Store(node),
            Schedule = node.Optional("schedule", SettingTypes.Text("a schedule of cron such as 30 2 * * *")).ToInput(),
            TimeZone = node.Optional("timeZone", SettingTypes.Text("a time zone such as Europe/Berlin")).ToInput(),
            KeepCount = node.Optional("keepCount", SettingTypes.WholeNumber).ToInput(),
            KeepDays = node.Optional("keepDays", SettingTypes.WholeNumber).ToInput(),
            DeadlineHours = node.Optional("deadlineHours", SettingTypes.WholeNumber).ToInput(),
            WorkStorage = node.Optional("workStorage", SettingTypes.Text("a quantity such as 10Gi")).ToInput(),
            WorkStorageClass = node.Optional("workStorageClass", SettingTypes.Text("the name of a storage class")).ToInput(),
            Archive = Archive(node.OptionalSection("archive")),
        };
        node.RejectOthers();
        return args;
    }

    /// <summary>Reads the section <c>restore</c>; nothing where it is left out.</summary>
    public static MySqlRestoreArgs? ReadRestore(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var args = new MySqlRestoreArgs
        {
            Store = Store(node),
            Backup = node.Required("backup", SettingTypes.Text($"a backup's id such as 20261127T023000Z, or {MySqlRestoreArgs.Latest}"), stand: MySqlRestoreArgs.Latest),
            System = node.Optional("system", SettingTypes.Text("the name of the system that was backed up")),
            Until = node.Optional("until", SettingTypes.Text($"a time in UTC such as 2026-11-27T14:03:07Z, a transaction's identifier, or {MySqlRestoreArgs.Latest}")),
            DeadlineHours = node.Optional("deadlineHours", SettingTypes.WholeNumber),
        };
        node.RejectOthers();
        return args;
    }

    private static MySqlArchiveArgs? Archive(SettingsNode? node)
    {
        if (node is null)
        {
            return null;
        }

        var args = new MySqlArchiveArgs
        {
            Seconds = node.Optional("seconds", SettingTypes.WholeNumber).ToInput(),
            Storage = node.Optional("storage", SettingTypes.Text("a quantity such as 10Gi")).ToInput(),
            StorageClass = node.Optional("storageClass", SettingTypes.Text("the name of a storage class")).ToInput(),
        };
        node.RejectOthers();
        return args;
    }

    private static BackupStoreArgs Store(SettingsNode parent)
    {
        var node = parent.Section("store");
        var store = new BackupStoreArgs
        {
            Claim = node.Optional("claim", SettingTypes.Text("the name of a claim")),
            Storage = node.Optional("storage", SettingTypes.Text("a quantity such as 100Gi")).ToInput(),
            StorageClass = node.Optional("storageClass", SettingTypes.Text("the name of a storage class")).ToInput(),
            Remote = node.Optional("remote", SettingTypes.Text("a remote of rclone and a path in it, such as shop:my-bucket/mysql")),
            Secret = node.Optional("secret", SettingTypes.Text("the name of a Secret with the key rclone.conf")),
            SnapshotClass = node.Optional("snapshotClass", SettingTypes.Text("the name of a VolumeSnapshotClass")),
            Image = node.Optional("image", SettingTypes.Text("an image such as rclone/rclone:1.71")).ToInput(),
        };
        node.RejectOthers();
        return store;
    }
}
