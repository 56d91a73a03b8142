using Infra.MySql;
using Xunit;

namespace Tests.Infra;

public sealed class MySqlOptionsTests
{
    public static TheoryData<string> Owned =>
    [
        "server_id", "read_only", "super_read_only", "init_file", "port", "socket", "networking", "name_resolve", "bind_address", "grant_tables",
        "user", "basedir", "pid_file",
        "datadir", "innodb_data_home_dir", "innodb_log_group_home_dir", "innodb_undo_directory",
        "log_bin", "log_bin_index", "relay_log", "relay_log_index", "relay_log_recovery", "master_info_repository", "relay_log_info_repository",
        "slave_start", "replica_start", "log_slave_updates", "log_replica_updates", "gtid_mode", "enforce_gtid_consistency",
        // The server takes hyphens for underscores, and modifiers before a name.
        "server_i", "skip-grant-tables", "bind-addr", "server-id", "skip_replica_start", "skip-slave-start", "disable-log-bin", "enable-gtid-mode", "loose-super-read-only", "loose_skip_networking",
    ];

    [Theory]
    [MemberData(nameof(Owned))]
    public void What_makes_a_server_a_part_of_the_cluster_is_the_clusters(string option) =>
        Assert.Equal("the cluster sets this option itself, by the ordinal and the role of each server", MySqlOptions.Problem(option, "1"));

    [Theory]
    [InlineData("rpl_semi_sync_source_enabled")]
    [InlineData("rpl_semi_sync_replica_enabled")]
    [InlineData("rpl_semi_sync_master_enabled")]
    [InlineData("rpl-semi-sync-slave-enabled")]
    [InlineData("loose-rpl-semi-sync-replica-enabled")]
    public void What_durability_decides_is_not_decided_twice(string option) => Assert.Equal("the setting durability decides this", MySqlOptions.Problem(option, "1"));

    [Fact]
    public void The_clusters_plugins_stay() =>
        Assert.Equal("it would unload the plugins that the cluster needs; plugin_load_add adds to them", MySqlOptions.Problem("plugin-load", "x.so"));

    [Theory]
    [InlineData("innodb_buffer_pool_size")]
    [InlineData("max_connections")]
    [InlineData("plugin_load_add")]
    [InlineData("sync_binlog")]
    [InlineData("binlog_expire_logs_seconds")]
    [InlineData("rpl_semi_sync_source_timeout")]
    [InlineData("loose-rpl-semi-sync-source-wait-for-replica-count")]
    [InlineData("report_host")]
    public void Limits_sizes_and_times_are_the_stacks(string option) => Assert.Null(MySqlOptions.Problem(option, "1"));

    [Theory]
    [InlineData("")]
    [InlineData("Max_connections")]
    [InlineData("max connections")]
    [InlineData("2fast")]
    [InlineData("[mysqld]")]
    [InlineData("a\nb")]
    public void What_is_no_option_is_refused(string option) => Assert.Equal($"\"{option}\" is not the name of a server option", MySqlOptions.Problem(option, "1"));

    [Theory]
    [InlineData("7\nskip-grant-tables")]
    [InlineData("7\r")]
    [InlineData("\t7")]
    [InlineData("7\0")]
    public void A_value_is_one_line(string value) =>
        Assert.Equal("its value has more than one line, or a control character", MySqlOptions.Problem("max_connections", value));
}
