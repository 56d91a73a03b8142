using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Infra.MySql;

/// <summary>Which server options may be set, and to what.</summary>
internal static partial class MySqlOptions
{
    // What makes a server this ordinal of this cluster, and what scripts, seeding and recovery rely on. Limits, sizes and times are the stack's.
    private static readonly FrozenSet<string> Owned = FrozenSet.Create(
        StringComparer.Ordinal,
        "server_id", "read_only", "super_read_only", "init_file", "port", "socket", "networking", "name_resolve", "bind_address", "admin_address", "admin_port", "grant_tables",
        // What the image and its entry point rely on.
        "user", "basedir", "pid_file",
        // Where data lies: the volume's layout is what one rename takes into use.
        "datadir", "innodb_data_home_dir", "innodb_log_group_home_dir", "innodb_undo_directory",
        // Logs and positions: names without the host's, and places from which a crash is recovered.
        "log_bin", "log_bin_index", "relay_log", "relay_log_index", "relay_log_recovery", "master_info_repository", "relay_log_info_repository",
        // Whom a server follows, from where, and when it begins to.
        "slave_start", "replica_start", "log_slave_updates", "log_replica_updates", "gtid_mode", "enforce_gtid_consistency");

    // Not their times and numbers, which the stack may tune.
    private static readonly FrozenSet<string> OfDurability = FrozenSet.Create(
        StringComparer.Ordinal,
        "rpl_semi_sync_source_enabled", "rpl_semi_sync_replica_enabled", "rpl_semi_sync_master_enabled", "rpl_semi_sync_slave_enabled");

    // Where the cluster has certificates.
    private static readonly FrozenSet<string> OfCertificates = FrozenSet.Create(
        StringComparer.Ordinal,
        "ssl_ca", "ssl_capath", "ssl_cert", "ssl_key", "ssl_crl", "ssl_crlpath", "admin_ssl_ca", "admin_ssl_capath", "admin_ssl_cert", "admin_ssl_key", "admin_ssl_crl", "admin_ssl_crlpath");

    private static readonly string[] Modifiers = ["loose_", "skip_", "disable_", "enable_"];

    /// <summary>What finds why an option may not be set in a cluster of these arguments.</summary>
    public static Func<string, string, string?> Problems(MySqlClusterArgs args) => args.Tls is null ? Problem : (option, value) => CertificateProblem(option) ?? Problem(option, value);

    /// <summary>Why an option may not be set; nothing when it may.</summary>
    /// <param name="option">The option's name, with underscores or hyphens and with or without <c>loose-</c>, <c>skip-</c> and the like, as the server takes it.</param>
    /// <param name="value">Its value, a line of an option file.</param>
    public static string? Problem(string option, string value) =>
        !NamePattern().IsMatch(option) ? $"\"{option}\" is not the name of a server option"
        : value.AsSpan().ContainsAnyInRange('\0', '\x1f') ? "its value has more than one line, or a control character"
        : OwnProblem(option) ?? (Bare(option.Replace('-', '_')) == BufferPool.Option ? BufferPool.ValueProblem(value) : null);

    private static string? CertificateProblem(string option) => Bare(option.Replace('-', '_')) switch
    {
        "require_secure_transport" => "the setting tls.require decides this",
        var name when OfCertificates.Contains(name) => "the setting tls decides this",
        _ => null,
    };

    private static string? OwnProblem(string option) => Bare(option.Replace('-', '_')) switch
    {
        // The server takes the beginning of a name for the whole of it.
        var name when Owned.Any(owned => owned.StartsWith(name, StringComparison.Ordinal)) => "the cluster sets this option itself, by the ordinal and the role of each server",
        var name when OfDurability.Contains(name) => "the setting durability decides this",
        "plugin_load" => "it would unload the plugins that the cluster needs; plugin_load_add adds to them",
        _ => null,
    };

    /// <summary>An option's name without <c>loose_</c> and the like; underscores only.</summary>
    internal static string Bare(string option) => Modifiers.FirstOrDefault(word => option.StartsWith(word, StringComparison.Ordinal)) is { } modifier
        ? Bare(option[modifier.Length..])
        : option;

    [GeneratedRegex("^[a-z][a-z0-9_-]*\\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();
}
