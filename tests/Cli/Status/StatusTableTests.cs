using Cli.Status;
using Xunit;

namespace Tests.Cli.Status;

public sealed class StatusTableTests
{
    private static readonly PodRow Primary = new("mysql-0", "default", "primary", true, 100, "10.89.3.12", string.Empty, null, ["data-mysql-0"], 0, string.Empty, string.Empty);
    private static readonly PodRow Replica = new("mysql-1", "default", "replica", true, 101, "10.89.3.13", "mysql-0.mysql", 0, ["data-mysql-1"], 2, string.Empty, string.Empty);

    [Fact]
    public void A_person_sees_who_runs_and_who_follows_whom() => Assert.Equal(
        [
            "POD      ROLE     READY  SERVER-ID  ADDRESS     FOLLOWS        LAG  CLAIM         RESTARTS",
            "mysql-0  primary  yes    100        10.89.3.12  -              -    data-mysql-0  0",
            "mysql-1  replica  yes    101        10.89.3.13  mysql-0.mysql  0 s  data-mysql-1  2",
        ],
        StatusTable.Lines([Primary, Replica]));

    [Fact]
    public void Why_a_pod_is_not_ready_comes_last() => Assert.Equal(
        [
            "POD      ROLE     READY  SERVER-ID  ADDRESS     FOLLOWS        LAG  CLAIM         RESTARTS  WHY NOT READY",
            "mysql-1  replica  no     101        10.89.3.13  mysql-0.mysql  0 s  data-mysql-1  2         the applier is stopped",
        ],
        StatusTable.Lines([Replica with { Ready = false, Reason = "the applier is stopped" }]));

    [Theory]
    [InlineData("", 0)]
    [InlineData("on", 0)]
    [InlineData("fallen-back", 1)]
    public void That_semi_sync_has_fallen_back_is_a_line_of_its_own(string semiSync, int lines) => Assert.Equal(
        Enumerable.Repeat("mysql-0: semi-sync has fallen back: a client hears that its transaction is done before any replica has it", lines),
        StatusTable.Lines([Primary with { SemiSync = semiSync }, Replica]).Skip(3));

    [Theory]
    [InlineData("", "")]
    [InlineData("verified", "")]
    [InlineData("the Secret's certificate is not taken: it has no ca.crt", "mysql-0: the Secret's certificate is not taken: it has no ca.crt")]
    public void What_is_wrong_with_a_certificate_is_a_line_of_its_own(string said, string line) => Assert.Equal(
        line,
        string.Join('\n', StatusTable.Lines([Primary with { TlsProblem = MySqlStatus.Parse($"role=primary\ntls={said}\n").TlsProblem }, Replica]).Skip(3)));

    [Theory]
    [InlineData("role=replica\nsource_host=mysql-0.mysql\nio_running=No\nerror=\nsidecar=waiting for mysql-0.mysql to answer\n", true, "mysql-1: nothing comes from mysql-0.mysql, and what is here grows old: waiting for mysql-0.mysql to answer")]
    [InlineData("role=replica\nsource_host=mysql-0.mysql\nio_running=Connecting\nerror=Can't connect (111)\nsidecar=replication is in the server's own hands\n", true, "mysql-1: nothing comes from mysql-0.mysql, and what is here grows old: Can't connect (111)")]
    [InlineData("role=replica\nsource_host=mysql-0.mysql\nio_running=No\nerror=\nsidecar=waiting for mysql-0.mysql to answer\n", false, "")]
    [InlineData("role=replica\nsource_host=mysql-0.mysql\nio_running=Yes\nerror=\nsidecar=replication is in the server's own hands\n", true, "")]
    [InlineData("role=replica\nsource_host=\nio_running=\nerror=\nsidecar=\n", true, "")]
    [InlineData("role=primary\nsource_host=\nio_running=\nerror=\nsidecar=\n", true, "")]
    public void A_replica_that_serves_what_grows_old_is_a_line_of_its_own(string said, bool ready, string line) => Assert.Equal(
        line,
        string.Join('\n', StatusTable.Lines([Primary, Replica with { Ready = ready, Disconnected = MySqlStatus.Parse(said).Disconnected }]).Skip(3)));

    [Fact]
    public void A_servers_own_words_are_read_by_key()
    {
        var status = MySqlStatus.Parse("role=replica\nserver_id=101\nsource_host=mysql-0.mysql\nlag_seconds=\nreason=the applier failed: a=b\n");
        Assert.Equal(("replica", 101, "mysql-0.mysql", null, "the applier failed: a=b"), (status.Role, status.ServerId, status.Follows, status.LagSeconds, status.Reason));
    }
}
