using Infra.MySql;
using Xunit;

namespace Tests.Infra;

public sealed class MySqlOptionsTests
{
    [Theory]
    [InlineData("server-id")]
    [InlineData("gtid_mode")]
    [InlineData("enforce-gtid-consistency")]
    [InlineData("log_replica_updates")]
    [InlineData("skip_replica_start")]
    [InlineData("skip-slave-start")]
    [InlineData("skip-log-bin")]
    [InlineData("disable-log-bin")]
    [InlineData("loose-super-read-only")]
    [InlineData("loose_skip_networking")]
    [InlineData("relay-log-recovery")]
    [InlineData("innodb_undo_directory")]
    public void What_makes_a_server_a_part_of_the_cluster_is_the_clusters(string option) =>
        Assert.Equal("the cluster sets this option itself, by the ordinal and the role of each server", MySqlOptions.Problem(option));

    [Theory]
    [InlineData("rpl_semi_sync_source_enabled")]
    [InlineData("loose-rpl-semi-sync-replica-enabled")]
    public void What_durability_decides_is_not_decided_twice(string option) => Assert.Equal("the setting durability decides this", MySqlOptions.Problem(option));

    [Fact]
    public void The_clusters_plugins_stay() =>
        Assert.Equal("it would unload the plugins that the cluster needs; plugin_load_add adds to them", MySqlOptions.Problem("plugin-load"));

    [Theory]
    [InlineData("innodb_buffer_pool_size")]
    [InlineData("max_connections")]
    [InlineData("plugin_load_add")]
    [InlineData("sync_binlog")]
    [InlineData("binlog_expire_logs_seconds")]
    [InlineData("rpl_semi_sync_source_timeout")]
    [InlineData("loose-rpl-semi-sync-source-wait-for-replica-count")]
    [InlineData("report_host")]
    public void Limits_sizes_and_times_are_the_stacks(string option) => Assert.Null(MySqlOptions.Problem(option));
}
