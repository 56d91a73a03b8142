using Xunit;

namespace Tests.Infra;

/// <summary>What ready.sh and status.sh make of a server's answers, on both sets of scripts.</summary>
public sealed class ReadinessTests
{
    private const string StillApplying = "the primary does not answer, and what was received from it is still being applied";
    private const string Purged = "Replica_IO_Running=No|Last_IO_Errno=1236|Last_IO_Error=purged";

    [Theory]
    [InlineData("")]
    [InlineData("Seconds_Behind_Source=30")]
    [InlineData("Replica_IO_Running=Connecting|Last_IO_Errno=2003|Seconds_Behind_Source=NULL")]
    [InlineData("Replica_IO_Running=Connecting|Seconds_Behind_Source=NULL")]
    public async Task A_sound_replica_is_ready_also_while_the_primary_is_away(string differences)
    {
        await AssertReadyAsync("mysql-5.7", differences);
        await AssertReadyAsync("mysql-8.4", differences);
    }

    [Theory]
    [InlineData("read_only=0", "this replica is not read-only")]
    [InlineData("super_read_only=0", "this replica is not read-only")]
    [InlineData("Source_Host=", "replication is not configured")]
    [InlineData("Source_Host=mysql-2.mysql", "it follows mysql-2.mysql, not mysql-0.mysql")]
    [InlineData("Last_SQL_Errno=1062|Last_SQL_Error=Duplicate: x", "the applier failed: error 1062: Duplicate: x")]
    [InlineData("Replica_SQL_Running=No", "the applier is stopped")]
    [InlineData("Seconds_Behind_Source=NULL", "the lag is not known yet")]
    [InlineData("Seconds_Behind_Source=31", "it lags 31 s behind the primary, the limit is 30 s")]
    [InlineData("Replica_IO_Running=No", "the receiver is stopped")]
    [InlineData("Replica_IO_Running=Connecting|Last_IO_Errno=1045|Last_IO_Error=denied", "the receiver failed: error 1045: denied")]
    [InlineData("Replica_IO_Running=No|Last_IO_Errno=13117|Last_IO_Error=fatal", "the receiver failed: error 13117: fatal")]
    [InlineData("Replica_IO_Running=Connecting|Exec_Source_Log_Pos=4", StillApplying)]
    [InlineData("Replica_IO_Running=Connecting|Relay_Source_Log_File=mysql-bin.000002", StillApplying)]
    public async Task A_replica_that_readers_must_not_see_says_why(string differences, string reason)
    {
        await AssertNotReadyAsync("mysql-5.7", differences, "", reason);
        await AssertNotReadyAsync("mysql-8.4", differences, "", reason);
    }

    [Theory]
    [InlineData("0", 100_000)]
    [InlineData("30", 30)]
    public async Task Without_a_limit_a_replica_may_lag_however_far(string limit, int lag)
    {
        using var pod = Replica("mysql-8.4", $"Seconds_Behind_Source={lag}", "");
        pod.Environment["MAX_LAG_SECONDS"] = limit;
        Assert.Equal(0, (await pod.RunAsync("ready.sh")).ExitCode);
    }

    [Theory]
    [InlineData("0", 9000, "Replica_IO_Running=Connecting", "")]
    [InlineData("60", null, "Replica_IO_Running=Connecting", "")]
    [InlineData("60", 50, "Replica_IO_Running=Connecting", "")]
    [InlineData("60", 100, "Replica_IO_Running=Connecting", "not ready: the primary has been away for 10. s, the limit is 60 s; what is here may be old\n")]
    [InlineData("60", 100, "", "")]
    public async Task A_replica_serves_for_as_long_as_it_may_while_the_primary_is_away(string limit, int? away, string differences, string output)
    {
        using var pod = Replica("mysql-8.4", differences, "");
        pod.Environment["MAX_AWAY_SECONDS"] = limit;
        if (away is not null)
        {
            pod.Write("conf.d/primary-away.since", $"{Now() - away}\n");
        }

        var run = await pod.RunAsync("ready.sh");

        Assert.Matches($"^{output}$", run.Output);
        Assert.Equal(limit != "0" && differences.Length > 0, File.Exists(pod.Path("conf.d/primary-away.since")) && limit != "0");
    }

    [Theory]
    [InlineData("1", 0, "")]
    [InlineData("0", 1, $"not ready: {StillApplying}\n")]
    public async Task A_part_of_a_transaction_that_the_primary_did_not_live_to_send_is_nothing_to_apply(string subset, int code, string output)
    {
        const string Uuids = "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa:1-5,bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb:1-7:9,cccccccc-cccc-cccc-cccc-cccccccccccc:tag:1";
        const string Away = "Replica_IO_Running=Connecting|Exec_Source_Log_Pos=4|Retrieved_Gtid_Set=";
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Answers("health:healthpassword@127.0.0.1", $"SELECT GTID_SUBSET('{Uuids}', @@global.gtid_executed);", subset);
        pod.Answers("health:healthpassword@127.0.0.1", "SHOW REPLICA STATUS;", ServerStatus.Replica("mysql-8.4", Away + Uuids.Replace(",", ",\n", StringComparison.Ordinal)));

        var run = await pod.RunAsync("ready.sh");

        Assert.Equal((code, output), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("Slave has read all relay log; waiting for more updates", 0, "")]
    [InlineData("Reading event from the relay log", 1, $"not ready: {StillApplying}\n")]
    public async Task On_5_7_the_applier_says_whether_anything_is_left_to_apply(string state, int code, string output)
    {
        using var pod = Replica("mysql-5.7", $"Replica_IO_Running=Connecting|Exec_Source_Log_Pos=4|Replica_SQL_Running_State={state}", "");
        var run = await pod.RunAsync("ready.sh");
        Assert.Equal((code, output), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Only_errors_of_the_receiver_that_say_so_mean_that_the_primary_is_away()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        var run = await pod.CallAsync(
            "lib.sh health.sh", "for ((error = 0; error < 20000; error++)); do FIELD[Last_IO_Errno]=$error; ! primary_is_away || echo $error; done");
        Assert.Equal("0 1040 1053 1158 1159 1160 1161 1203 2002 2003 2005 2006 2013", run.Output.TrimEnd().Replace('\n', ' '));
    }

    [Theory]
    [InlineData("mysql-5.7", Purged, "the primary no longer has the binary log this replica needs, so it can never catch up; "
        + "seed it again: create the file reseed in its data directory and delete the pod. purged")]
    [InlineData("mysql-8.4", Purged, "the primary no longer has the binary log this replica needs, and another replica may have it. purged")]
    [InlineData("mysql-8.4", "Replica_IO_Running=No|Last_IO_Errno=13114|Last_IO_Error=purged",
        "the primary no longer has the binary log this replica needs, and another replica may have it. purged")]
    public async Task What_becomes_of_a_replica_that_was_away_for_too_long_is_a_matter_of_the_profile(string profile, string differences, string reason) =>
        await AssertNotReadyAsync(profile, differences, "", reason);

    [Theory]
    [InlineData("Source_Host=", "failed it cannot be told", "it cannot be told")]
    [InlineData("", "catching-up fetching", "fetching")]
    [InlineData("", "errant it has more", "it has more")]
    [InlineData(Purged, "purged never again", "never again")]
    [InlineData("Replica_SQL_Running=No", "stranger other data", "the applier is stopped; other data")]
    [InlineData("Replica_SQL_Running=No", "steady all is well", "the applier is stopped")]
    [InlineData("Replica_IO_Running=No", "stranger other data", "the receiver is stopped; other data")]
    [InlineData("Replica_IO_Running=No", "steady all is well", "the receiver is stopped")]
    public async Task What_the_sidecar_knows_is_told(string differences, string sidecar, string reason) =>
        await AssertNotReadyAsync("mysql-8.4", differences, sidecar, reason);

    [Theory]
    [InlineData("")]
    [InlineData("Replica_IO_Running=No")]
    public async Task A_replica_whose_sidecar_waits_for_the_primary_is_ready(string differences) =>
        await AssertReadyAsync("mysql-8.4", differences, "waiting for it");

    [Theory]
    [InlineData("mysql-5.7", "", "this replica has not yet had, since its pod started, what the primary had then")]
    [InlineData("mysql-8.4", "", "this replica has not yet had, since its pod started, what the primary had then")]
    [InlineData("mysql-8.4", "Replica_IO_Running=Connecting", "this replica has not yet had, since its pod started, what the primary had then")]
    [InlineData("mysql-8.4", "Seconds_Behind_Source=31", "it lags 31 s behind the primary, the limit is 30 s")]
    [InlineData("mysql-8.4", "Replica_SQL_Running=No", "the applier is stopped")]
    public async Task A_replica_of_a_new_pod_is_not_ready_before_it_has_caught_up_once(string profile, string differences, string reason)
    {
        using var pod = Replica(profile, differences, "");
        pod.Write("conf.d/replication.behind", string.Empty);
        Assert.Equal($"not ready: {reason}\n", (await pod.RunAsync("ready.sh")).Output);
    }

    [Fact]
    public async Task What_the_sidecar_said_long_ago_counts_for_nothing()
    {
        using var pod = Replica("mysql-8.4", "", "");
        pod.Write("conf.d/replication.state", $"{Now() - 60} errant it has more\n");
        Assert.Equal(0, (await pod.RunAsync("ready.sh")).ExitCode);
    }

    [Theory]
    [InlineData(false, 0, "")]
    [InlineData(true, 1, "not ready: the primary is read-only\n")]
    public async Task A_primary_is_ready_when_it_accepts_writes(bool readOnly, int code, string output)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Answers("health:healthpassword@127.0.0.1", "", ServerStatus.Alone(100, readOnly));

        var run = await pod.RunAsync("ready.sh");

        Assert.Equal((code, output), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("mysql-5.7", "SHOW SLAVE STATUS;")]
    [InlineData("mysql-8.4", "SHOW REPLICA STATUS;")]
    public async Task A_server_is_asked_once_as_the_user_who_may_only_look(string profile, string statement)
    {
        using var pod = Replica(profile, "", "");

        await pod.RunAsync("ready.sh");

        Assert.Equal(
            [
                "mysql health@127.0.0.1 --connect-timeout=3 --batch --vertical",
                "  SELECT @@global.server_id AS server_id, @@global.read_only AS read_only /*!50700 , @@global.super_read_only AS super_read_only */;",
                $"  {statement}",
            ],
            pod.Calls.Where(call => !call.StartsWith("mv ", StringComparison.Ordinal)));
        Assert.Equal("0600 healthpassword\n", pod.Files("conf.d")["health-password.last"]);
    }

    [Theory]
    [InlineData("ready.sh", "1", "0.8")]
    [InlineData("ready.sh", "3", "2.8")]
    [InlineData("started.sh", "3", "2.8")]
    public async Task A_client_is_given_up_before_its_probe_is(string script, string probe, string limit)
    {
        using var pod = Replica("mysql-8.4", "", "");
        pod.Environment["PROBE_TIMEOUT_SECONDS"] = probe;
        pod.Write("programs/timeout.recorded", string.Empty);

        await pod.RunAsync(script);

        Assert.Equal([$"timeout {limit}"], pod.CallsOf("timeout"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_not_ready()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        var run = await pod.RunAsync("ready.sh");
        Assert.Equal("not ready: the server does not answer: ERROR 2003 (HY000): Can't connect to MySQL server on '127.0.0.1:33062' (111)\n", run.Output);
        Assert.Equal(1, run.ExitCode);
    }

    [Fact]
    public async Task A_password_that_is_not_on_the_server_yet_is_no_reason_while_the_last_one_holds()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Write("conf.d/health-password.last", "before\n");
        pod.Answers("health:healthpassword@*", "", "ERROR 1045 (28000): Access denied");
        pod.Answers("health:before@127.0.0.1", "", ServerStatus.Replica("mysql-8.4"));

        var run = await pod.RunAsync("ready.sh");

        Assert.Equal((0, ""), (run.ExitCode, run.Output));
        Assert.Equal("before\n", pod.Read("conf.d/health-password.last"));
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task A_server_without_room_for_one_more_client_is_ready(string profile)
    {
        using var pod = new ScriptPod(profile, 1);
        pod.Answers("health:*", "", "ERROR 1040 (HY000): Too many connections");

        Assert.Equal(0, (await pod.RunAsync("ready.sh")).ExitCode);
        Assert.Contains("ready=yes\nreason=it serves as many clients as max_connections allows, and cannot be asked\n", (await pod.RunAsync("status.sh")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_the_user_may_come_in_by_the_port_for_probes_it_takes_the_other_one()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.AnswersOnce("health:*", "", "ERROR 1227 (42000): Access denied; you need SERVICE_CONNECTION_ADMIN");
        pod.Answers("health:*", "", ServerStatus.Replica("mysql-8.4"));

        Assert.Equal(0, (await pod.RunAsync("ready.sh")).ExitCode);
        Assert.Equal(2, pod.CallsOf("mysql").Count());
    }

    [Fact]
    public async Task Where_neither_port_lets_the_user_in_that_is_said()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Answers("health:*", "", "ERROR 1227 (42000): Access denied");
        var run = await pod.RunAsync("ready.sh");
        Assert.Equal((1, "not ready: the server does not answer: ERROR 1227 (42000): Access denied\n"), (run.ExitCode, run.Output));
        Assert.Equal(2, pod.CallsOf("mysql").Count());
    }

    [Theory]
    [InlineData("2\nON", "on")]
    [InlineData("0\nOFF", "fallen-back")]
    [InlineData("", "")]
    public async Task Whether_semi_sync_has_fallen_back_is_a_line_of_the_primary_s_status(string answer, string said)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Answers("health:*", "Rpl_semi_sync_source_status", answer);
        pod.Answers("health:*", "", ServerStatus.Alone(100, readOnly: false));
        Assert.Contains($"\nsemi_sync={said}\n", (await pod.RunAsync("status.sh")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("healthpassword", "ERROR 1045 (28000): Access denied")]
    [InlineData("before", "ERROR 2013 (HY000): Lost connection")]
    public async Task The_last_password_is_tried_only_where_the_new_one_was_refused(string last, string error)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Write("conf.d/health-password.last", $"{last}\n");
        pod.Answers("health:*", "", error);

        var run = await pod.RunAsync("ready.sh");

        Assert.Equal((1, $"not ready: the server does not answer: {error}\n"), (run.ExitCode, run.Output));
        Assert.Single(pod.CallsOf("mysql"));
    }

    [Fact]
    public async Task Without_the_Secret_nobody_is_asked()
    {
        using var pod = Replica("mysql-8.4", "", "");
        File.Delete(pod.Path("credentials/health-password"));

        var run = await pod.RunAsync("ready.sh");

        Assert.Equal((1, "not ready: the Secret's passwords cannot be read\n"), (run.ExitCode, run.Output));
        Assert.Empty(pod.Calls);
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task The_status_of_a_replica_is_a_line_a_value(string profile)
    {
        using var pod = Replica(profile, "Replica_IO_Running=Connecting|Seconds_Behind_Source=7|Last_IO_Errno=1045|Last_IO_Error=denied", "denied wait");
        pod.HasData("mysql-1");

        var run = await pod.RunAsync("status.sh");

        Assert.Equal(
            """
            role=replica
            server_id=101
            seeded=yes
            read_only=1
            source_host=mysql-0.mysql
            io_running=Connecting
            sql_running=Yes
            lag_seconds=7
            semi_sync=
            certificate_until=
            tls=
            error=denied
            ready=no
            reason=the receiver failed: error 1045: denied
            sidecar=wait

            """,
            run.Output);
        Assert.Equal(0, run.ExitCode);
    }

    [Theory]
    [InlineData("Last_SQL_Errno=1062|Last_SQL_Error=duplicate|Last_IO_Error=denied|Seconds_Behind_Source=NULL", "lag_seconds= semi_sync= certificate_until= tls= error=duplicate ready=no")]
    [InlineData("", "lag_seconds=0 semi_sync= certificate_until= tls= error= ready=yes")]
    public async Task The_applier_s_error_comes_first_and_an_unknown_lag_is_none(string differences, string lines)
    {
        using var pod = Replica("mysql-8.4", differences, "");
        Assert.Equal(lines, string.Join(' ', (await pod.RunAsync("status.sh")).Output.Split('\n')[7..13]));
    }

    [Fact]
    public async Task The_status_of_a_primary_and_of_a_server_that_is_away_has_the_same_lines()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);

        var away = await pod.RunAsync("status.sh");
        pod.HasData("mysql-0");
        pod.Answers("health:*", "", ServerStatus.Alone(100, readOnly: false));
        var there = await pod.RunAsync("status.sh");

        const string Nothing = "source_host=\nio_running=\nsql_running=\nlag_seconds=\nsemi_sync=\ncertificate_until=\ntls=\nerror=\n";
        Assert.Equal(
            $"role=primary\nserver_id=\nseeded=no\nread_only=\n{Nothing}ready=no\n"
            + "reason=the server does not answer: ERROR 2003 (HY000): Can't connect to MySQL server on '127.0.0.1:33062' (111)\nsidecar=\n",
            away.Output);
        Assert.Equal($"role=primary\nserver_id=100\nseeded=yes\nread_only=0\n{Nothing}ready=yes\nreason=\nsidecar=\n", there.Output);
        Assert.Equal((0, 0), (away.ExitCode, there.ExitCode));
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_server_has_started_once_it_answers_whatever_it_answers(bool alive, int code)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        if (alive)
        {
            pod.Write("programs/mysqladmin.alive", string.Empty);
        }

        var run = await pod.RunAsync("started.sh");

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(alive ? ["mysqladmin --defaults-file=/conf.d/health.client --connect-timeout=2 ping"] : [], pod.Calls);
    }

    private static ScriptPod Replica(string profile, string differences, string sidecar)
    {
        var pod = new ScriptPod(profile, 1);
        pod.Answers("health:healthpassword@127.0.0.1", "", ServerStatus.Replica(profile, differences));
        if (sidecar.Length > 0)
        {
            pod.Write("conf.d/replication.state", $"{Now()} {sidecar}\n");
        }

        return pod;
    }

    private static async Task AssertReadyAsync(string profile, string differences, string sidecar = "")
    {
        using var pod = Replica(profile, differences, sidecar);
        var run = await pod.RunAsync("ready.sh");
        Assert.Equal((0, ""), (run.ExitCode, run.Output));
    }

    private static async Task AssertNotReadyAsync(string profile, string differences, string sidecar, string reason)
    {
        using var pod = Replica(profile, differences, sidecar);
        var run = await pod.RunAsync("ready.sh");
        Assert.Equal((1, $"not ready: {reason}\n"), (run.ExitCode, run.Output));
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();
}
