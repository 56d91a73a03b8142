namespace Cli.Meaning;

/// <summary>What options of <c>[mysqld]</c> mean for data and replicas. The first row that covers an option and its value holds; one without a row is unknown.</summary>
internal static class ServerOptionTable
{
    private const string Manual = "MySQL 8.4 Reference Manual";
    private const string Tuning = $"{Manual}, 7.1.8: limits, sizes and times of the server itself";

    /// <summary>The rows.</summary>
    public static IReadOnlyList<ServerOptionRule> All { get; } =
    [
        Risk("lower_case_table_names", "a server does not start on data that were made with another value", "11.2.3 Identifier Case Sensitivity"),
        Risk("innodb_page_size", "a server does not start on data that were made with another value, and takes no copy from a server that has another", "17.14 innodb_page_size"),
        Risk("innodb_data_file_path", "a server does not start where the files of the system tablespace are not those that it names", "17.6.3.1 The System Tablespace"),
        Risk("innodb_undo_tablespaces", "a server of 5.7 does not start on data that were made with another value", "MySQL 5.7 Reference Manual, 14.6.3.4", whole: true),
        Risk("innodb_undo_directory", "undo logs are looked for where they are not, and the server does not start", "17.6.3.4 Undo Tablespaces"),
        Risk("innodb_log_group_home_dir", "the redo log is looked for where it is not, and what it holds is lost", "17.6.5 Redo Log"),
        Risk("innodb_data_home_dir", "the system tablespace is looked for where it is not", "17.6.3.1 The System Tablespace"),
        Risk("datadir", "the server begins with no data in another folder", "7.1.8 datadir"),
        Risk("innodb_force_recovery", "from 4 on it can damage data files for good, and from 1 on nobody can write", "17.20.3 Forcing InnoDB Recovery"),
        Risk("innodb_checksum_algorithm", "a strict one refuses pages that were written with another", "17.14 innodb_checksum_algorithm") with
        {
            Value = "strict_*", Concerns = value => value.StartsWith("strict", StringComparison.OrdinalIgnoreCase),
        },
        Rolls("innodb_checksum_algorithm", null, "17.14 innodb_checksum_algorithm"),
        Risk("innodb_doublewrite", "a crash can leave pages half written, from which nothing recovers", "17.6.4 Doublewrite Buffer") with { Value = "off", Concerns = value => !IsOn(value) },
        Rolls("innodb_doublewrite", null, "17.6.4 Doublewrite Buffer"),
        Risk("innodb_flush_log_at_trx_commit", "a crash loses transactions that clients were told are done", "17.14 innodb_flush_log_at_trx_commit") with { Value = "0 or 2", Concerns = value => value != "1" },
        Rolls("innodb_flush_log_at_trx_commit", null, "17.14 innodb_flush_log_at_trx_commit"),
        Risk("sync_binlog", "a crash loses transactions from the binary log that replicas follow: they then differ from the primary", "19.1.6.4 sync_binlog") with { Value = "not 1", Concerns = value => value != "1" },
        Rolls("sync_binlog", null, "19.1.6.4 sync_binlog"),
        Risk("sync_relay_log", "a crash loses what a replica has told the primary that it has", "19.1.6.3 sync_relay_log") with { Value = "not 1", Concerns = value => value != "1" },
        Rolls("sync_relay_log", null, "19.1.6.3 sync_relay_log"),
        Risk("log_bin", "without its binary log a server has nothing that replicas can follow", "7.4.4 The Binary Log"),
        Risk("gtid_mode", "replicas that follow by GTID stop at servers in another mode; the way goes over OFF_PERMISSIVE and ON_PERMISSIVE, a step at a time", "19.1.4 Changing GTID Mode on Online Servers"),
        Risk("enforce_gtid_consistency", "statements without a GTID stop replicas that follow by GTID", "19.1.4 Changing GTID Mode on Online Servers"),
        Risk("server_id", "two servers of one number take each other's transactions for their own and skip them", "19.1.6 server_id"),
        Risk("log_replica_updates", "a replica's binary log no longer has what it applied, so that nobody can be seeded from it or follow it", "19.1.6.3 log_replica_updates"),
        Risk("log_slave_updates", "a replica's binary log no longer has what it applied, so that nobody can be seeded from it or follow it", "19.1.6.3 log_replica_updates"),
        Risk("relay_log", "what a replica received is looked for under another name, and is lost", "19.2.4.1 The Relay Log"),
        Risk("read_only", "clients could write to replicas, which then differ from the primary", "7.1.8 read_only") with { Value = "off", Concerns = value => !IsOn(value) },
        Risk("super_read_only", "clients could write to replicas, which then differ from the primary", "7.1.8 super_read_only") with { Value = "off", Concerns = value => !IsOn(value) },
        Risk("binlog_format", "a statement can give another result on a replica: replicas may come to differ", "7.4.4.1 Binary Logging Formats") with { Value = "not ROW", Concerns = value => !value.Equals("ROW", StringComparison.OrdinalIgnoreCase) },
        Rolls("binlog_format", null, "7.4.4.1 Binary Logging Formats"),
        Risk("binlog_do_db", "what is left out never reaches a replica", "19.2.5.1 Evaluation of Database-Level Replication Options"),
        Risk("binlog_ignore_db", "what is left out never reaches a replica", "19.2.5.1 Evaluation of Database-Level Replication Options"),
        Risk("replicate_*", "what is left out never reaches a replica, which may have to give the primary its data back", "19.2.5 How Servers Evaluate Replication Filtering Rules"),
        Risk("replica_skip_errors", "replicas go on over what they could not apply, and differ from the primary", "19.1.6.3 replica_skip_errors"),
        Risk("slave_skip_errors", "replicas go on over what they could not apply, and differ from the primary", "19.1.6.3 replica_skip_errors"),
        Risk("default_storage_engine", "tables of other engines than InnoDB are not in a clone: a new replica lacks their rows", "7.6.6.14 Clone Plugin Limitations") with { Value = "not InnoDB", Concerns = value => !value.Equals("InnoDB", StringComparison.OrdinalIgnoreCase) },
        Rolls("default_storage_engine", null, "7.6.6.14 Clone Plugin Limitations"),
        Risk("default_table_encryption", "a replica without a keyring cannot make an encrypted table, and stops", "17.13 InnoDB Data-at-Rest Encryption") with { Value = "on", Concerns = IsOn },
        Rolls("default_table_encryption", null, "17.13 InnoDB Data-at-Rest Encryption"),
        Risk("offline_mode", "no client gets in but administrators", "7.1.8 offline_mode") with { Value = "on", Concerns = IsOn },
        Rolls("offline_mode", null, "7.1.8 offline_mode"),
        Risk("innodb_read_only", "nobody can write, and replicas cannot apply", "17.14 innodb_read_only") with { Value = "on", Concerns = IsOn },
        Rolls("innodb_read_only", null, "17.14 innodb_read_only"),
        Rolls("*rpl_semi_sync_*", "how many servers have a transaction when its client hears of it changes; while both settings run beside each other, the primary's holds", "19.4.10 Semisynchronous Replication"),
        Rolls("*binlog_expire_logs_seconds", "a replica that is away for longer than that has to be seeded again", "19.1.6.4 binlog_expire_logs_seconds"),
        Rolls("expire_logs_days", "a replica that is away for longer than that has to be seeded again", "MySQL 5.7 Reference Manual, 16.1.6.4", whole: true),
        Rolls("plugin_load_add", "a server whose plugin is not there does not start, which stops the roll at the first pod", "7.6.1 Installing and Uninstalling Plugins"),
        Risk("innodb_flush_method", "a crash loses what was never flushed", "17.14 innodb_flush_method") with
        {
            Value = "nosync or littlesync", Concerns = value => value.ToUpperInvariant() is "NOSYNC" or "LITTLESYNC",
        },
        .. Taken(Tuning, "max_*", "*_buffer_size", "*_cache_size", "*_timeout", "innodb_buffer_pool_*", "innodb_io_capacity*", "innodb_redo_log_capacity", "innodb_log_file_size", "innodb_log_files_in_group",
            "innodb_*_threads", "innodb_thread_concurrency", "innodb_flush_method", "innodb_flush_neighbors", "innodb_adaptive_*", "innodb_lru_scan_depth", "innodb_print_all_deadlocks",
            "table_open_cache*", "table_definition_cache", "thread_*", "tmp_table_size", "temptable_*", "open_files_limit", "back_log", "net_*", "performance_schema*", "slow_query_log*", "long_query_time", "log_queries_*", "log_error_verbosity", "log_slow_*",
            "general_log*", "optimizer_*", "range_*", "group_concat_max_len", "query_cache_*", "replica_parallel_*", "slave_parallel_*", "replica_preserve_commit_order",
            "binlog_group_commit_*", "binlog_checksum", "local_infile", "skip_name_resolve", "default_time_zone", "ft_*", "innodb_ft_*", "eq_range_index_dive_limit"),
        .. Taken($"{Manual}, 12.3.2 Server Character Set and Collation: of databases made from now on", "character_set_server", "collation_server"),
        .. Taken($"{Manual}, 7.1.11 Server SQL Modes: which statements are taken from now on", "sql_mode"),
    ];

    /// <summary>What a change of an option means.</summary>
    /// <param name="option">The option's name as it stands in the file.</param>
    /// <param name="before">Its value before; null where it was not set.</param>
    /// <param name="after">Its value after; null where it is not set.</param>
    public static Finding Of(string option, string? before, string? after)
    {
        var name = Bare(option.Replace('-', '_'), ref after);
        // What is taken out goes back to the server's default, which the row of the option itself is about.
        var rule = All.FirstOrDefault(row => row.Covers(name) && (after is null ? row.Value.Length == 0 : row.Concerns(after)));
        var change = $"{option} {before ?? "(default)"} -> {after ?? "(default)"}";
        return rule is null
            ? new Finding(Tier.Unknown, $"{change}: what this option does to data and replicas is not in the table; a server that does not know it does not start, which stops the roll at the first pod")
            : new Finding(rule.Tier, rule.Says is null ? null : $"{change}: {rule.Says}", rule.Tier == Tier.DataAtRisk ? $"leave {option} as it is" : null);
    }

    private static string Bare(string option, ref string? value)
    {
        foreach (var (modifier, means) in new[] { ("loose_", null), ("skip_", "OFF"), ("disable_", "OFF"), ("enable_", "ON") })
        {
            if (option.StartsWith(modifier, StringComparison.Ordinal) && option != "skip_name_resolve")
            {
                value = value is null ? null : means ?? value;
                return Bare(option[modifier.Length..], ref value);
            }
        }

        return option;
    }

    private static bool IsOn(string value) => value.ToUpperInvariant() is "ON" or "1" or "TRUE" or "";

    private static ServerOptionRule Risk(string option, string says, string section, bool whole = false) => new(option, Tier.DataAtRisk, says, whole ? section : $"{Manual}, {section}");

    private static ServerOptionRule Rolls(string option, string? says, string section, bool whole = false) => new(option, Tier.PodsRoll, says, whole ? section : $"{Manual}, {section}");

    private static IEnumerable<ServerOptionRule> Taken(string source, params string[] options) => options.Select(option => new ServerOptionRule(option, Tier.PodsRoll, null, source));
}
