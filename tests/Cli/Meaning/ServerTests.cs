using Cli.Meaning;
using Xunit;

namespace Tests.Cli.Meaning;

/// <summary>What other images and options mean for a server's data.</summary>
public sealed class ServerTests
{
    /// <summary>Values of which each row is about one.</summary>
    private static readonly string[] Values = ["0", "1", "off", "on", "strict_crc32", "MyISAM", "InnoDB", "STATEMENT", "ROW", "nosync"];

    public static IEnumerable<object[]> Options => ServerOptionTable.All.Select(row => new object[] { row.Option, row.Value });

    [Theory]
    [InlineData("mysql:8.4", "mirror.example.com:5000/mysql:8.4", null)]
    [InlineData("mysql:8.4.3", "mysql:8.4.9", null)]
    [InlineData("mysql:8.4.9", "mysql:8.4.3", null)]
    [InlineData("mysql:8.0.36", "mysql:8.0.35", "data at risk")]
    [InlineData("mysql:8.4", "mysql:9.7", "pods roll")]
    [InlineData("mysql:8.4", "mysql:9.1", "pods roll")]
    [InlineData("mysql:9.1", "mysql:9.7", null)]
    [InlineData("mysql:9.7", "mysql:8.4", "data at risk")]
    [InlineData("mysql:5.7", "mysql:8.0", "pods roll")]
    [InlineData("mysql:5.7", "mysql:8.4", "data at risk")]
    [InlineData("mysql:8.0", "mysql:9.7", "data at risk")]
    [InlineData("mysql:8.4", "mariadb:11.4", "data at risk")]
    [InlineData("mariadb:10.11", "mariadb:11.4", "pods roll")]
    [InlineData("mysql:8.4", "mysql:latest", "unknown")]
    [InlineData("mysql:8.4", "mysql@sha256:0123", "unknown")]
    [InlineData("mysql@sha256:0123", "mysql@sha256:4567", "unknown")]
    [InlineData("mysql:8.4@sha256:0123", "mysql:8.4@sha256:4567", null)]
    [InlineData("mysql:8.4", "mirror.example.com:5000/mysql:8.4@sha256:0123", null)]
    [InlineData("mysql:8.4@sha256:0123", "mysql:9.7@sha256:4567", "pods roll")]
    [InlineData("mysql:9.7@sha256:0123", "mysql:8.4@sha256:4567", "data at risk")]
    [InlineData("mysql:8.4", "mysql:8.4-debian", null)]
    public void A_server_goes_one_series_up_and_never_down(string before, string after, string? tier) => Assert.Equal(tier, ServerVersion.OfMySql(before, after, hasBackups: true)?.Tier.Word());

    [Theory]
    [InlineData("mysql:8.4", "mysql:8.4.9", null)]
    [InlineData("mysql:8.4", "mysql:9.7", "data at risk")]
    [InlineData("mariadb:10.11", "mariadb:11.4", "data at risk")]
    public void Without_a_backup_a_step_up_has_nothing_to_go_back_to(string before, string after, string? tier) => Assert.Equal(tier, ServerVersion.OfMySql(before, after, hasBackups: false)?.Tier.Word());

    [Theory]
    [InlineData("etcd:3.5.1", "etcd:3.6.0", null)]
    [InlineData("etcd:3.6.0", "etcd:3.5.1", "unknown")]
    [InlineData("postgres:16.1", "postgres:17.0", "unknown")]
    [InlineData("postgres:16.1", "other:16.1", "unknown")]
    [InlineData("postgres:16.1", "postgres:latest", "unknown")]
    public void Of_another_program_only_a_step_within_a_version_is_known(string before, string after, string? tier) => Assert.Equal(tier, ServerVersion.OfOther(before, after)?.Tier.Word());

    [Theory]
    [MemberData(nameof(Options))]
    public void Each_option_has_a_row_of_its_own_with_a_source(string option, string value)
    {
        var row = ServerOptionTable.All.First(one => one.Option == option && one.Value == value);
        Assert.NotEmpty(row.Source);
        var name = option.Replace("*", "x", StringComparison.Ordinal);
        var sample = Values.First(each => ServerOptionTable.All.FirstOrDefault(one => one.Covers(name) && one.Concerns(each)) == row);
        var found = ServerOptionTable.Of(name, "before", sample);
        Assert.Equal(row.Tier, found.Tier);
    }

    [Theory]
    [InlineData("max_connections", "100", "300", "pods roll")]
    [InlineData("lower-case-table-names", null, "1", "data at risk")]
    [InlineData("loose-innodb-page-size", null, "8k", "data at risk")]
    [InlineData("sync_binlog", "1", "0", "data at risk")]
    [InlineData("sync_binlog", "0", "1", "pods roll")]
    [InlineData("innodb_page_size", "8k", null, "data at risk")]
    [InlineData("skip-innodb-doublewrite", null, "", "data at risk")]
    [InlineData("skip_name_resolve", null, "", "pods roll")]
    [InlineData("binlog_format", "ROW", "STATEMENT", "data at risk")]
    [InlineData("binlog_format", null, "ROW", "pods roll")]
    [InlineData("innodb_flush_method", null, "nosync", "data at risk")]
    [InlineData("innodb_flush_method", "O_DIRECT", "littlesync", "data at risk")]
    [InlineData("innodb_flush_method", "nosync", "O_DIRECT", "pods roll")]
    [InlineData("innodb_flush_method", "O_DIRECT", null, "pods roll")]
    [InlineData("nobody_knows_it", null, "1", "unknown")]
    public void An_option_by_its_name_and_value(string option, string? before, string? after, string tier) => Assert.Equal(tier, ServerOptionTable.Of(option, before, after).Tier.Word());

    [Fact]
    public void Files_are_read_as_a_server_reads_them() => Assert.Equal(
        ["innodb_page_size (default) -> 8k: a server does not start on data that were made with another value, and takes no copy from a server that has another"],
        ServerOptions.Between(
            Sets.Config("a", "# comment\nmax-connections = 1\n[client]\nuser = a"),
            Sets.Config("a", "max_connections=1\ninnodb-page-size = 8k\n[client]\nuser = b")).Select(finding => finding.Says));

    [Theory]
    [InlineData("primary.cnf", "", "custom.cnf", "data at risk")]
    [InlineData("custom.cnf", "primary.cnf", "primary.cnf", "data at risk")]
    [InlineData("custom.cnf", "", "other.cnf", null)]
    [InlineData("master.cnf", "", "primary.cnf", null)]
    [InlineData("primary.cnf", "", "master.cnf", null)]
    public void A_file_that_comes_or_goes_sets_options_unless_a_change_of_profile_renames_it(string before, string beside, string after, string? tier)
    {
        var (was, now) = (File(before), File(after));
        if (beside.Length > 0)
        {
            was["data"]![beside] = now["data"]![beside]!.DeepClone();
        }
        else if (after == "custom.cnf")
        {
            now["data"]![before] = was["data"]![before]!.DeepClone();
        }

        Assert.Equal(tier, ServerOptions.Between(new(was), new(now)).Select(finding => finding.Tier.Word()).Distinct().SingleOrDefault());

        static System.Text.Json.Nodes.JsonObject File(string name) => new() { ["kind"] = "ConfigMap", ["data"] = new System.Text.Json.Nodes.JsonObject { [name] = "[mysqld]\ngtid_mode=OFF\n" } };
    }
}
