using System.Collections.Frozen;

namespace Infra.MySql;

/// <summary>Which server options a stack may set.</summary>
public static class MySqlOptions
{
    private static readonly FrozenSet<string> Owned = FrozenSet.Create(
        StringComparer.Ordinal,
        "server_id", "log_bin", "relay_log", "datadir", "port", "socket", "init_file", "skip_slave_start", "read_only", "super_read_only", "log_slave_updates");

    /// <summary>Why a stack may not set an option; nothing when it may.</summary>
    /// <param name="option">The option's name, with underscores or hyphens as the server takes either.</param>
    public static string? Problem(string option) => Owned.Contains(option.Replace('-', '_'))
        ? "the cluster sets this option itself, by the ordinal and the role of each server"
        : null;
}
