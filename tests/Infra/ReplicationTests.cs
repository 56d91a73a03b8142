using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Tests.Infra;

/// <summary>What a replica's sidecar tells and changes in one round, by replication.sh and following.sh on both sets of scripts.</summary>
public sealed class ReplicationTests
{
    private const string Own = "root:rootpassword@127.0.0.1";
    private const string Primary = "replication:replicationpassword@mysql-0.mysql";
    private const string Login57 = "MASTER_USER='replication', MASTER_PASSWORD='replicationpassword', MASTER_CONNECT_RETRY=5, MASTER_HEARTBEAT_PERIOD=5";
    private const string Login84 = "SOURCE_USER='replication', SOURCE_PASSWORD='replicationpassword', SOURCE_CONNECT_RETRY=5, SOURCE_HEARTBEAT_PERIOD=5,"
        + " SOURCE_SSL=1, SOURCE_RETRY_COUNT=1000000000";

    private const string Denied =
        "denied mysql-0.mysql does not let the user replication in, or not read mysql.cluster_identity; its sidecar will set that right";

    private const string Behind = "arriving this replica has not yet had, since its pod started, what the primary had then";

    private const string Stopped = "Replica_IO_Running=No|Replica_SQL_Running=No";

    [Theory]
    [InlineData("mysql-5.7", $"STOP SLAVE; CHANGE MASTER TO {Login57};|START SLAVE;")]
    [InlineData("mysql-8.4", $"START REPLICA SQL_THREAD;|STOP REPLICA IO_THREAD; CHANGE REPLICATION SOURCE TO {Login84};|START REPLICA;")]
    public async Task A_new_pod_s_replication_is_started_once_the_primary_was_found_to_be_the_same(string profile, string statements)
    {
        using var pod = New(profile, Stopped);
        Histories(pod, profile, "a:1-5|", "a:1-9|");

        var said = await RoundAsync(pod);

        Assert.Equal("following started replication from mysql-0.mysql", said);
        Assert.Equal(statements, string.Join('|', Changes(pod)));
        Assert.Equal(["replication.state", "root-password.last"], pod.Files("conf.d").Keys);
    }

    [Theory]
    [InlineData("mysql-5.7", 2)]
    [InlineData("mysql-8.4", 3)]
    public async Task A_start_that_a_kill_cut_short_is_finished(string profile, int changes)
    {
        using var pod = Pod(profile, Stopped);
        pod.Write("conf.d/replication.starting", string.Empty);

        var said = await RoundAsync(pod);

        Assert.Equal("following started replication from mysql-0.mysql", said);
        Assert.Equal(changes, Changes(pod).Count());
        Assert.False(File.Exists(pod.Path("conf.d/replication.starting")));
    }

    [Theory]
    [InlineData("mysql-5.7", "MASTER_POS_WAIT('mysql-bin.000003', 700, 1)", "0", "steady replication is in the server's own hands", false)]
    [InlineData("mysql-5.7", "MASTER_POS_WAIT('mysql-bin.000003', 700, 1)", "4", "steady replication is in the server's own hands", false)]
    [InlineData("mysql-5.7", "MASTER_POS_WAIT('mysql-bin.000003', 700, 1)", "-1", Behind, true)]
    [InlineData("mysql-5.7", "MASTER_POS_WAIT('mysql-bin.000003', 700, 1)", "NULL", Behind, true)]
    [InlineData("mysql-8.4", "WAIT_FOR_EXECUTED_GTID_SET('a:1-9', 1)", "0", "steady replication is in the server's own hands", false)]
    [InlineData("mysql-8.4", "WAIT_FOR_EXECUTED_GTID_SET('a:1-9', 1)", "1", Behind, true)]
    public async Task A_replica_of_a_new_pod_has_caught_up_when_it_has_what_the_primary_had_when_it_was_asked(string profile, string waits, string answer, string state, bool behind)
    {
        using var pod = Pod(profile, "");
        pod.Write("conf.d/replication.behind", string.Empty);
        pod.Answers(Primary, "SHOW MASTER STATUS", "mysql-bin.000003\t700\t\t");
        pod.Answers(Primary, "gtid_executed", "a:1-9");
        pod.Answers(Own, waits, answer);

        Assert.Equal(state, await RoundAsync(pod));
        Assert.Equal(behind, File.Exists(pod.Path("conf.d/replication.behind")));
    }

    [Theory]
    [InlineData("mysql-5.7", "Replica_SQL_Running_State=Slave has read all relay log; waiting for more updates", "", false)]
    [InlineData("mysql-5.7", "Replica_SQL_Running_State=Reading event from the relay log", "", true)]
    [InlineData("mysql-8.4", "Retrieved_Gtid_Set=a:1-5", "1", false)]
    [InlineData("mysql-8.4", "Retrieved_Gtid_Set=a:1-5", "0", true)]
    public async Task While_the_primary_is_away_a_replica_has_caught_up_when_it_has_applied_what_it_had_received(string profile, string differences, string applied, bool behind)
    {
        using var pod = Pod(profile, $"Replica_IO_Running=Connecting|Last_IO_Errno=2003|{differences}");
        pod.Write("conf.d/replication.behind", string.Empty);
        pod.Answers("health:healthpassword@127.0.0.1", "GTID_SUBSET", applied);

        await RoundAsync(pod);

        Assert.Equal(behind, File.Exists(pod.Path("conf.d/replication.behind")));
    }

    /// <summary>At peak load a primary lets nobody in, and is not away.</summary>
    [Theory]
    [InlineData("mysql-5.7", "ERROR 1040 (HY000): Too many connections", true)]
    [InlineData("mysql-8.4", "ERROR 1040 (HY000): Too many connections", true)]
    [InlineData("mysql-8.4", "ERROR 1203 (42000): User replication already has more than 'max_user_connections'", true)]
    [InlineData("mysql-5.7", "ERROR 2003 (HY000): Can't connect", false)]
    [InlineData("mysql-8.4", "ERROR 2003 (HY000): Can't connect", false)]
    public async Task A_primary_without_a_connection_left_does_not_count_as_away(string profile, string error, bool behind)
    {
        using var pod = New(profile, $"{Stopped}|Replica_SQL_Running_State=Slave has read all relay log");
        pod.Write("conf.d/replication.behind", string.Empty);
        pod.Answers(Own, "SELECT 'uuid'", $"uuid\tours\n{(profile == "mysql-5.7" ? "" : "history a:1-5|\n")}id");
        pod.Answers(Primary, "", error);
        pod.Answers("health:healthpassword@127.0.0.1", "GTID_SUBSET", "1");

        Assert.Equal("waiting waiting for mysql-0.mysql to answer", await RoundAsync(pod));
        Assert.Equal(behind, File.Exists(pod.Path("conf.d/replication.behind")));
    }

    /// <summary>Else a roll would go on, over replicas whose new pods cannot reach the primary, to the primary itself.</summary>
    [Theory]
    [InlineData("mysql-5.7", "10.0.0.11 10.0.0.12", "", true)]
    [InlineData("mysql-8.4", "10.0.0.11 10.0.0.12", "", true)]
    [InlineData("mysql-5.7", "10.0.0.11 10.0.0.12", "Replica_IO_Running=Connecting", false)]
    [InlineData("mysql-8.4", "10.0.0.11 10.0.0.12", "Replica_IO_Running=Connecting", false)]
    [InlineData("mysql-8.4", "10.0.0.11 10.0.0.12", "Source_Host=mysql-1.mysql", false)]
    [InlineData("mysql-8.4", "10.0.0.11 10.0.0.12", null, false)]
    [InlineData("mysql-8.4", "10.0.0.12", "Replica_IO_Running=Connecting", true)]
    [InlineData("mysql-8.4", "", null, true)]
    public async Task A_primary_that_this_pod_alone_does_not_reach_is_not_away(string profile, string listed, string? other, bool behind)
    {
        using var pod = Pod(profile, "Replica_IO_Running=Connecting|Last_IO_Errno=2003|Replica_SQL_Running_State=Slave has read all relay log");
        pod.Write("conf.d/replication.behind", string.Empty);
        pod.Answers("health:healthpassword@127.0.0.1", "GTID_SUBSET", "1");
        pod.Resolves("mysql", listed.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        pod.Resolves("mysql-2.mysql", "10.0.0.12");
        if (other is not null)
        {
            pod.Answers("backup:backuppassword@mysql-2.mysql", "SHOW", ServerStatus.Replica(profile, other));
        }

        await RoundAsync(pod);

        Assert.Equal(behind, File.Exists(pod.Path("conf.d/replication.behind")));
    }

    /// <summary>The primary that comes back may have another one's data, and never get what the lost one had.</summary>
    [Fact]
    public async Task What_a_primary_had_counts_only_while_the_receiver_stays_with_it()
    {
        using var pod = Pod("mysql-8.4", null);
        pod.Write("conf.d/replication.behind", string.Empty);
        pod.AnswersOnce(Own, "SHOW", ServerStatus.Replica("mysql-8.4"));
        pod.AnswersOnce(Primary, "gtid_executed", "a:1-9");
        pod.AnswersOnce(Own, "SHOW", ServerStatus.Replica("mysql-8.4", "Replica_IO_Running=Connecting"));
        pod.Answers(Primary, "gtid_executed", "a:1-7");
        pod.Answers(Own, "WAIT_FOR_EXECUTED_GTID_SET('a:1-9', 1)", "1");
        pod.Answers(Own, "WAIT_FOR_EXECUTED_GTID_SET('a:1-7', 1)", "0");

        await pod.CallAsync("replication.sh", "load_secrets; ROUND=1; reconcile_replica; ROUND=2; reconcile_replica");

        Assert.False(File.Exists(pod.Path("conf.d/replication.behind")));
    }

    [Theory]
    [InlineData("1594", "id", "1", "steady", true)]
    [InlineData("13121", "id", "1", "steady", true)]
    [InlineData("13121", "id", "0", "torn the relay log cannot be read (error 13121), and mysql-0.mysql does not have all that it held; it is kept. To give that up, seed it again: "
        + "create the file reseed in its data directory and delete the pod", false)]
    [InlineData("13121", "another", "1", "steady replication is in the server's own hands", false)]
    public async Task A_torn_relay_log_is_dropped_only_where_the_primary_has_all_that_it_held(string error, string identity, string whole, string state, bool dropped)
    {
        using var pod = Pod("mysql-8.4", $"Replica_SQL_Running=No|Last_SQL_Errno={error}|Retrieved_Gtid_Set=a:1-9");
        pod.Write("conf.d/replication.state", "1 steady\n");
        Histories(pod, "mysql-8.4", "a:1-5|", "a:1-9|", identity);
        pod.Answers(Primary, "GTID_SUBSET('a:1-9', @@global.gtid_executed)", whole);

        Assert.Equal(state, await RoundAsync(pod));

        Assert.Equal(
            dropped
                ? [$"STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST='mysql-0.mysql', SOURCE_PORT=3306, {Login84}, SOURCE_AUTO_POSITION=1;", "START REPLICA;"]
                : [],
            Changes(pod));
    }

    [Fact]
    public async Task A_torn_relay_log_is_dropped_too_where_another_replica_has_to_send_it()
    {
        using var pod = Pod("mysql-8.4", "Replica_SQL_Running=No|Last_SQL_Errno=13121|Retrieved_Gtid_Set=a:1-9");
        pod.Write("conf.d/replication.state", "1 steady\n");
        Histories(pod, "mysql-8.4", "a:1-5|", "a:1-9|a:1-7");
        pod.Answers(Primary, "GTID_SUBSET('a:1-9', @@global.gtid_executed)", "1");

        await RoundAsync(pod);

        Assert.Equal("START REPLICA;", Changes(pod).Last());
    }

    [Fact]
    public async Task A_torn_relay_log_is_kept_while_the_primary_does_not_answer()
    {
        using var pod = Pod("mysql-8.4", "Replica_SQL_Running=No|Last_SQL_Errno=13121|Retrieved_Gtid_Set=a:1-9");

        Assert.Equal("torn the relay log cannot be read (error 13121); it is kept until mysql-0.mysql answers and has what it held", await RoundAsync(pod));

        Assert.Empty(Changes(pod));
    }

    [Theory]
    [InlineData("Replica_SQL_Running=Yes|Last_SQL_Errno=0", "0", "following started replication from mysql-0.mysql")]
    [InlineData("Replica_SQL_Running=No|Last_SQL_Errno=1062|Last_SQL_Error=twice", "1", "following started replication from mysql-0.mysql")]
    [InlineData("Replica_SQL_Running=No|Last_SQL_Errno=1062|Last_SQL_Error=twice", "0", "torn the applier failed (error 1062: twice), and mysql-0.mysql does not say that it has all "
        + "that was received here; that is kept. To give it up, seed it again: create the file reseed in its data directory and delete the pod")]
    public async Task A_start_does_not_drop_what_was_received_and_the_primary_does_not_have(string applier, string whole, string state)
    {
        using var pod = Pod("mysql-8.4", $"{applier}|Retrieved_Gtid_Set=a:1-9");
        pod.Write("conf.d/replication.starting", string.Empty);
        pod.Answers(Primary, "GTID_SUBSET('a:1-9', @@global.gtid_executed)", whole);

        Assert.Equal(state, await RoundAsync(pod));

        Assert.Equal(state.StartsWith("torn", StringComparison.Ordinal), File.Exists(pod.Path("conf.d/replication.starting")));
    }

    [Fact]
    public async Task What_was_received_is_applied_before_anything_is_fetched_from_another_replica()
    {
        using var pod = New("mysql-8.4", $"{Stopped}|Retrieved_Gtid_Set=a:1-6");
        Histories(pod, "mysql-8.4", "a:1-5|", "a:1-9|a:1-7");
        pod.Answers(Own, "GTID_SUBSET('a:1-6', @@global.gtid_executed)", "0");
        pod.Answers(Own, "GTID_SUBTRACT", "|a:6-7");

        Assert.Equal("catching-up what was received is applied before anything is fetched from another replica", await RoundAsync(pod));
        Assert.Equal(["START REPLICA SQL_THREAD;"], Changes(pod));
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task A_primary_that_holds_other_data_is_not_followed(string profile)
    {
        using var pod = New(profile, Stopped);
        Histories(pod, profile, "a:1-5|", "a:1-9|", identity: "another");

        var said = await RoundAsync(pod);

        Assert.Equal(
            "stranger mysql-0.mysql holds other data than this replica was seeded from (mysql.cluster_identity differs); this replica keeps its data and does "
            + "not follow it. If the primary is right, seed it again: create the file reseed in its data directory and delete the pod",
            said);
        AssertStillHeld(pod);
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task A_primary_with_the_same_uuid_is_not_followed(string profile)
    {
        using var pod = New(profile, Stopped);
        Histories(pod, profile, "a:1-5|", "a:1-9|", uuid: "ours");

        var said = await RoundAsync(pod);

        Assert.Equal("twin this server has the same uuid as mysql-0.mysql; remove auto.cnf from its data directory and restart the pod", said);
        AssertStillHeld(pod);
    }

    [Theory]
    [InlineData("ERROR 1045 (28000): denied", Denied)]
    [InlineData("ERROR 1142 (42000): denied", Denied)]
    [InlineData("ERROR 1146 (42S02): no table", Denied)]
    [InlineData("ERROR 2003 (HY000): no", "waiting waiting for mysql-0.mysql to answer")]
    public async Task While_the_primary_cannot_be_asked_only_what_was_received_is_applied(string error, string state)
    {
        using var pod = New("mysql-8.4", Stopped);
        pod.Answers(Own, "SELECT 'uuid'", "uuid\tours\nhistory a:1-5|\nid");
        pod.Answers(Primary, "", error);

        var said = await RoundAsync(pod);

        Assert.Equal(state, said);
        Assert.Equal(["START REPLICA SQL_THREAD;"], Changes(pod));
        Assert.True(File.Exists(pod.Path("conf.d/hold-replication.cnf")));
    }

    [Theory]
    [InlineData("Replica_IO_Running=No")]
    [InlineData($"{Stopped}|Last_SQL_Errno=1062")]
    public async Task An_applier_that_runs_or_failed_is_left_alone(string differences)
    {
        using var pod = New("mysql-8.4", differences);
        pod.Answers(Own, "SELECT 'uuid'", "uuid\tours\nhistory a:1-5|\nid");

        await RoundAsync(pod);

        AssertStillHeld(pod);
    }

    [Fact]
    public async Task A_replica_without_the_identity_of_an_adopted_cluster_follows()
    {
        using var pod = New("mysql-5.7", Stopped);
        pod.Answers(Own, "SELECT 'uuid'", "ERROR 1146 (42S02): no table");
        pod.Answers(Primary, "SELECT 'uuid'", "uuid\ttheirs\nid");
        Assert.Equal("following started replication from mysql-0.mysql", await RoundAsync(pod));
    }

    [Fact]
    public async Task What_the_primary_no_longer_has_is_fetched_from_a_replica_that_has_it()
    {
        using var pod = New("mysql-8.4", Stopped);
        Histories(pod, "mysql-8.4", "a:1-5|", "a:1-9|a:1-7");
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11", "10.0.0.12", "10.0.0.13");
        pod.Resolves("mysql-1", "10.0.0.11");
        foreach (var i in (int[])[0, 2, 3])
        {
            pod.Resolves($"mysql-{i}.mysql", $"10.0.0.1{i}");
        }

        pod.Answers(Own, "GTID_SUBSET", "1");
        pod.Answers(Own, "GTID_SUBTRACT", "|a:6-7");
        pod.Answers(Own, "SELECT id", "id");
        pod.Answers("replication:*@mysql-2.mysql", "", "history a:1-6|\nid");
        pod.Answers("replication:*@mysql-3.mysql", "", "history a:1-8|\nid");
        pod.Answers(Primary, "GTID_SUBTRACT('a:1-6'", "a:7|");
        pod.Answers(Primary, "GTID_SUBTRACT('a:1-8'", "|");

        var said = await RoundAsync(pod);

        Assert.Equal("catching-up mysql-0.mysql no longer has the binary logs with a:6-7; fetching that from mysql-3.mysql", said);
        Assert.Equal(
            [$"STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST='mysql-3.mysql', SOURCE_PORT=3306, {Login84}, SOURCE_AUTO_POSITION=1;", "START REPLICA;"],
            Changes(pod));
        Assert.True(File.Exists(pod.Path("conf.d/hold-replication.cnf")));
    }

    [Fact]
    public async Task What_no_server_has_any_more_is_told_with_the_way_out()
    {
        using var pod = New("mysql-8.4", Stopped);
        Histories(pod, "mysql-8.4", "a:1-5|", "a:1-9|a:1-7");
        pod.Answers(Own, "GTID_SUBSET", "1");
        pod.Answers(Own, "GTID_SUBTRACT", "|a:6-7");

        var said = await RoundAsync(pod);

        Assert.Equal(
            "purged mysql-0.mysql no longer has the binary logs with what this replica lacks (a:6-7), nor has any other replica, so it can never catch up; "
            + "seed it again: create the file reseed in its data directory and delete the pod",
            said);
        Assert.Equal(["START REPLICA SQL_THREAD;"], Changes(pod));
    }

    [Theory]
    [InlineData("0", "steady replication is in the server's own hands")]
    [InlineData("1", "errant this replica has transactions that mysql-0.mysql does not have: b:1. Somebody wrote here, or the primary lost them. No other "
        + "server gets them. To give them up, seed it again: create the file reseed in its data directory and delete the pod")]
    public async Task Transactions_that_only_this_replica_has_are_told_unless_the_primary_gets_them_in_a_moment(string timedOut, string state)
    {
        using var pod = Pod("mysql-8.4", "");
        Histories(pod, "mysql-8.4", "a:1-5,b:1|", "a:1-5|");
        pod.Answers(Own, "GTID_SUBTRACT", "b:1|");
        pod.Answers(Primary, "SELECT WAIT_FOR_EXECUTED_GTID_SET('b:1', 11);", timedOut);

        var said = await RoundAsync(pod, round: 4);

        Assert.Equal(state, said);
        Assert.Empty(Changes(pod));
    }

    [Theory]
    [InlineData("mysql-5.7", "")]
    [InlineData("mysql-8.4", "")]
    [InlineData("mysql-8.4", Stopped)]
    [InlineData("mysql-8.4", "Replica_SQL_Running=No|Last_SQL_Errno=1062")]
    [InlineData("mysql-8.4", "Replica_SQL_Running=No|Replica_IO_Running=Connecting|Last_IO_Errno=1045")]
    public async Task Replication_that_was_started_once_is_left_to_the_server_and_to_people(string profile, string differences)
    {
        using var pod = Pod(profile, differences);
        Histories(pod, profile, "a:1-5|", "a:1-5|");

        var said = await RoundAsync(pod, round: 4);

        Assert.Equal("steady replication is in the server's own hands", said);
        Assert.Empty(Changes(pod));
    }

    [Theory]
    [InlineData("mysql-5.7", "id", 2)]
    [InlineData("mysql-8.4", "id", 2)]
    [InlineData("mysql-8.4", "another", 0)]
    public async Task A_receiver_that_is_refused_gets_the_Secret_s_password_where_the_primary_takes_that(string profile, string identity, int changes)
    {
        using var pod = Pod(profile, "Replica_IO_Running=Connecting|Last_IO_Errno=1045");
        Histories(pod, profile, "a:1-5|", "a:1-5|", identity);

        await RoundAsync(pod);

        Assert.Equal(changes, Changes(pod).Count());
        Assert.False(File.Exists(pod.Path("conf.d/replication.starting")));
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(3, false)]
    public async Task A_primary_whose_data_became_another_s_is_left_when_it_is_looked_at_again(int round, bool left)
    {
        using var pod = Pod("mysql-8.4", "");
        Histories(pod, "mysql-8.4", "a:1-5|", "a:1-9|", identity: "another");

        await RoundAsync(pod, round);

        Assert.Equal(left ? ["STOP REPLICA;"] : [], Changes(pod));
        Assert.Equal(left, File.Exists(pod.Path("conf.d/hold-replication.cnf")));
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task Whom_a_person_made_it_follow_it_goes_on_to_follow(string profile)
    {
        using var pod = Pod(profile, "Source_Host=elsewhere");
        Assert.Equal("conflict this server follows elsewhere, not mysql-0.mysql; that is left as it is", await RoundAsync(pod));
        Assert.Empty(Changes(pod));
    }

    [Fact]
    public async Task On_8_4_a_replica_that_follows_nobody_is_told_to_follow_the_primary_from_where_it_is()
    {
        using var pod = Pod("mysql-8.4", null);
        pod.AnswersOnce(Own, "SHOW", ServerStatus.Alone(101, readOnly: true));
        pod.Answers(Own, "SHOW", ServerStatus.Replica("mysql-8.4", Stopped));

        await RoundAsync(pod);

        Assert.Equal(
            [$"STOP REPLICA; CHANGE REPLICATION SOURCE TO SOURCE_HOST='mysql-0.mysql', SOURCE_PORT=3306, {Login84}, SOURCE_AUTO_POSITION=1;"], Changes(pod));
    }

    [Fact]
    public async Task On_5_7_a_replica_follows_the_primary_from_the_coordinates_of_its_seeding()
    {
        using var pod = Pod("mysql-5.7", null);
        pod.Write("volume/mysql/seed-coordinates", "file=mysql-bin.000003\nposition=154\ndonor=mysql-0.mysql\n");
        pod.AnswersOnce(Own, "SHOW", ServerStatus.Alone(101, readOnly: true));
        pod.Answers(Own, "SHOW", ServerStatus.Replica("mysql-5.7", Stopped));

        await RoundAsync(pod);

        Assert.Equal(
            [
                "STOP SLAVE;",
                "RESET SLAVE ALL;",
                $"CHANGE MASTER TO MASTER_HOST='mysql-0.mysql', MASTER_PORT=3306, {Login57}, MASTER_LOG_FILE='mysql-bin.000003', MASTER_LOG_POS=154;",
            ],
            Changes(pod));
        Assert.Equal(["root-password.digest", "seed-coordinates.used"], pod.Files("volume/mysql").Keys);
    }

    [Theory]
    [InlineData("Exec_Source_Log_Pos=4")]
    [InlineData("Relay_Source_Log_File=mysql-bin.000004")]
    [InlineData("Source_Host=mysql-2.mysql")]
    public async Task On_5_7_coordinates_that_the_server_did_not_take_stay_pending(string differences)
    {
        using var pod = Pod("mysql-5.7", null);
        pod.Write("volume/mysql/seed-coordinates", "file=mysql-bin.000003\nposition=154\n");
        pod.AnswersOnce(Own, "SHOW", ServerStatus.Alone(101, readOnly: true));
        pod.Answers(Own, "SHOW", ServerStatus.Replica("mysql-5.7", $"{Stopped}|{differences}"));

        var said = await RoundAsync(pod);

        Assert.Equal($"failed the server did not take the coordinates in {pod.Path("volume/mysql/seed-coordinates")}: ", said);
        Assert.True(File.Exists(pod.Path("volume/mysql/seed-coordinates")));
    }

    [Theory]
    [InlineData("", "steady replication is in the server's own hands", "seed-coordinates.used")]
    [InlineData("Source_Host=elsewhere", "conflict someone started replication from elsewhere before this copy was configured; stop it", "seed-coordinates")]
    public async Task On_5_7_threads_that_a_person_started_are_not_touched(string differences, string state, string file)
    {
        using var pod = Pod("mysql-5.7", differences);
        pod.Write("volume/mysql/seed-coordinates", "file=mysql-bin.000003\nposition=154\n");

        var said = await RoundAsync(pod);

        Assert.Equal(state, said);
        Assert.Empty(Changes(pod));
        Assert.Equal(["root-password.digest", file], pod.Files("volume/mysql").Keys);
    }

    [Fact]
    public async Task On_5_7_a_replica_without_coordinates_cannot_follow()
    {
        using var pod = Pod("mysql-5.7", null);
        pod.Answers(Own, "SHOW", ServerStatus.Alone(101, readOnly: true));
        Assert.Equal(
            "unconfigured this server follows nobody and has no coordinates to begin from; seed it again: create the file reseed in its data directory "
            + "and delete the pod",
            await RoundAsync(pod));
        Assert.Empty(Changes(pod));
    }

    [Theory]
    [InlineData("ERROR 1045 (28000): denied", "steady replication is in the server's own hands")]
    [InlineData("ERROR 2003 (HY000): no", "login waiting for this pod's server to let root in: ERROR 2003 (HY000): no")]
    public async Task Until_a_new_password_of_root_arrives_by_replication_the_last_one_opens(string error, string state)
    {
        using var pod = Pod("mysql-8.4", null);
        pod.Write("conf.d/root-password.last", "before\n");
        pod.Answers("root:before@127.0.0.1", "SHOW", ServerStatus.Replica("mysql-8.4"));
        pod.Answers(Own, "", error);

        Assert.Equal(state, await RoundAsync(pod));
        Assert.Equal("before\n", pod.Read("conf.d/root-password.last"));
    }

    [Theory]
    [InlineData("steady replication is in the server's own hands", true, 1, "sleep 2")]
    [InlineData("login waiting for this pod's server to let root in: ERROR 1045 (28000): denied", true, 1, "sleep 2")]
    [InlineData("login waiting for this pod's server to let root in: ERROR 2003 (HY000): no", true, 1, "sleep 0.2")]
    [InlineData("login waiting for this pod's server to let root in: ERROR 2003 (HY000): no", false, 10, "sleep 0.2")]
    public async Task A_server_that_is_only_just_starting_is_met_as_soon_as_it_listens(string told, bool listens, int sleeps, string sleep)
    {
        using var pod = Pod("mysql-8.4", null);
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        if (!listens)
        {
            server.Stop();
        }

        var run = await pod.CallAsync("replication.sh", $"TOLD=\"{told}\" LOCAL_PORT={port}; until_next_round");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(Enumerable.Repeat(sleep, sleeps), pod.Calls);
    }

    /// <summary>A replica in the middle of its life.</summary>
    private static ScriptPod Pod(string profile, string? differences)
    {
        var pod = new ScriptPod(profile, 1);
        pod.KeepFunctionsOf("replication.sh");
        Directory.CreateDirectory(pod.Path("volume/mysql"));
        if (differences is not null)
        {
            pod.Answers(Own, "SHOW", ServerStatus.Replica(profile, differences));
        }

        pod.Answers(Own, "START", "");
        pod.Answers(Own, "STOP", "");
        pod.Resolves("mysql", "10.0.0.11");
        pod.Resolves("mysql-1", "10.0.0.11");
        return pod;
    }

    /// <summary>A replica whose pod is new.</summary>
    private static ScriptPod New(string profile, string differences)
    {
        var pod = Pod(profile, differences);
        pod.Write("conf.d/hold-replication.cnf", "[mysqld]\n");
        return pod;
    }

    /// <summary>What this replica and the primary say when they are compared.</summary>
    private static void Histories(ScriptPod pod, string profile, string ours, string theirs, string identity = "id", string uuid = "theirs")
    {
        var hasHistory = profile != "mysql-5.7";
        pod.Answers(Own, "SELECT 'uuid'", $"uuid\tours\n{(hasHistory ? $"history {ours}\n" : "")}id");
        pod.Answers(Primary, "SELECT 'uuid'", $"uuid\t{uuid}\n{(hasHistory ? $"history {theirs}\n" : "")}{identity}");
        pod.Answers(Own, "SELECT CONCAT(GTID_SUBTRACT('a:1-5', 'a:1-9')", theirs.EndsWith('|') ? "|" : "|a:6-7");
    }

    /// <summary>One round of the loop, after so many others; the state that it leaves.</summary>
    private static async Task<string> RoundAsync(ScriptPod pod, int round = 0)
    {
        await pod.CallAsync("replication.sh", $"ROUND={round + 1}; load_secrets; reconcile_replica");
        return pod.Read("conf.d/replication.state").Split(' ', 2)[1].TrimEnd('\n');
    }

    /// <summary>The statements that the server got, but those that only ask.</summary>
    private static IEnumerable<string> Changes(ScriptPod pod) => pod.Calls
        .Where(call => call.StartsWith("  ", StringComparison.Ordinal))
        .Select(call => call.Trim())
        .Where(statement => !statement.StartsWith("SELECT ", StringComparison.Ordinal) && !statement.StartsWith("SHOW ", StringComparison.Ordinal));

    private static void AssertStillHeld(ScriptPod pod)
    {
        Assert.Empty(Changes(pod));
        Assert.True(File.Exists(pod.Path("conf.d/hold-replication.cnf")));
    }
}
