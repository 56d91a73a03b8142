using Infra.MySql.Profiles;
using Lab.Processes;
using Xunit;

namespace Tests.Infra;

/// <summary>
/// The functions of coordinates.sh over every known form of the files that backup tools leave behind, and over forms that must be refused
/// (faults F11 to F13). They run in bash, without a server.
/// </summary>
public sealed class CoordinatesTests
{
    private const string Refused = "";

    [Theory]
    [InlineData("mysql-bin.000003\t154\n", "file=mysql-bin.000003 position=154")]
    [InlineData("mysql-bin.000003\t154", "file=mysql-bin.000003 position=154")]
    [InlineData("mysql-bin.000003\t329\t0-100-5\n", "file=mysql-bin.000003 position=329")]
    [InlineData("mysql-bin.000003\t1540\taaaa-bb:1-5,\nbbbb-cc:1-7\n", "file=mysql-bin.000003 position=1540")]
    [InlineData("mysql-bin.000003\n", Refused)]
    [InlineData("mysql-bin.000003\t3\n", Refused)]
    [InlineData("mysql-bin.000003'; DROP\t4\n", Refused)]
    [InlineData("", Refused)]
    public Task A_primary_s_copy_says_where_it_stands(string content, string expected) =>
        AssertCoordinates("coordinates_of_primary", content, expected);

    [Theory]
    [InlineData("CHANGE MASTER TO MASTER_LOG_FILE='mysql-bin.000002', MASTER_LOG_POS=1234\n", "file=mysql-bin.000002 position=1234")]
    [InlineData("CHANGE MASTER TO MASTER_LOG_FILE='mysql-bin.000002', MASTER_LOG_POS=1234;\n", "file=mysql-bin.000002 position=1234")]
    [InlineData("CHANGE REPLICATION SOURCE TO SOURCE_LOG_FILE='Mysql-Bin.000002', SOURCE_LOG_POS=1234;", "file=Mysql-Bin.000002 position=1234")]
    [InlineData("CHANGE MASTER '' TO master_log_file='mysql-bin.000002', master_log_pos=1234;\n", "file=mysql-bin.000002 position=1234")]
    [InlineData("SET GLOBAL gtid_slave_pos = '0-1-18';\nCHANGE MASTER TO master_log_file='b.000002', master_log_pos=99;\n", "file=b.000002 position=99")]
    [InlineData("SET GLOBAL gtid_slave_pos = '0-1-18,1-2-3';\nCHANGE MASTER TO master_use_gtid = slave_pos;\n", "gtid_slave_pos=0-1-18,1-2-3")]
    [InlineData("SET GLOBAL gtid_purged='aaaa:1-5,\nbbbb:1-7';\nCHANGE MASTER TO MASTER_AUTO_POSITION=1;\n", Refused)]
    [InlineData("CHANGE MASTER 'a' TO master_log_file='a.000002', master_log_pos=9;\nCHANGE MASTER 'b' TO master_log_file='b.000002', master_log_pos=9;", Refused)]
    [InlineData("CHANGE MASTER TO MASTER_LOG_FILE='b.000002'\n", Refused)]
    [InlineData("CHANGE MASTER TO MASTER_LOG_FILE='', MASTER_LOG_POS=4;\n", Refused)]
    [InlineData("\n", Refused)]
    [InlineData("", Refused)]
    public Task A_replica_s_copy_says_where_it_stands_in_the_primary_s_log(string content, string expected) =>
        AssertCoordinates("coordinates_of_replica", content, expected);

    private static async Task AssertCoordinates(string function, string content, string expected)
    {
        using var scripts = new ProfileScripts(MySqlProfile.MySql57);
        var file = Path.Combine(scripts.Folder, "info");
        await File.WriteAllTextAsync(file, content);
        var said = await new CommandRunner().RunAsync(new Command(
            "bash", ["-c", $"HOSTNAME=mysql-1; . {scripts.Folder}/lib.sh; . {scripts.Folder}/coordinates.sh; {function} {file}"]));

        Assert.Equal(expected, said.StandardOutput.TrimEnd('\n').Replace('\n', ' '));
        Assert.Equal(expected != Refused, said.ExitCode == 0);
    }
}
