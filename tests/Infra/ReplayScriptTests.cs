using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace Tests.Infra;

/// <summary>What replay.sh makes of a point, of the logs that an archive has, and of the events in them; and what a restore then does.</summary>
public sealed class ReplayScriptTests
{
    private const string Owner = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    /// <summary>The name, in the archive, of the data of the backup that <see cref="BackupPods.HasBackupAsync"/> makes.</summary>
    private const string Logs = "store/mysql/logs/id-of-shop";

    /// <summary>Three logs, each with three transactions and with a second of its own.</summary>
    private const string ThreeLogs =
        """
        NAMES=(one two three)
        BEFORE=(a:1 a:1-3 a:1-6)
        AFTERS=(a:1-3 a:1-6 a:1-9)
        LASTS=(2026-11-27T14:00:01.000000Z 2026-11-27T14:00:02.000000Z 2026-11-27T14:00:03.000000Z)

        """;

    private const string DamagedLog = "the archive is damaged: the log 00000009-20261127T140000Z is not what its info says. Nothing was changed. Way out: a point before it, or a later backup";

    [Theory]
    [InlineData("2026-11-27T14:03:07Z", "2026-11-27T14:03:07.000000Z")]
    [InlineData("2026-11-27T14:03:07.5Z", "2026-11-27T14:03:07.500000Z")]
    [InlineData("2026-11-27T14:03:07.05Z", "2026-11-27T14:03:07.050000Z")]
    [InlineData("2026-11-27T14:03:07.123Z", "2026-11-27T14:03:07.123000Z")]
    [InlineData("2026-11-27T14:03:07.1234Z", "2026-11-27T14:03:07.123400Z")]
    [InlineData("2026-11-27T14:03:07.00001Z", "2026-11-27T14:03:07.000010Z")]
    [InlineData("2026-11-27T14:03:07.123456Z", "2026-11-27T14:03:07.123456Z")]
    [InlineData("3E11FA47-71CA-11E1-9E33-C80AA9429562:23", "some-uuid:23")]
    [InlineData($"{Owner}:Shop_1:23", "some-uuid:shop_1:23")]
    [InlineData("latest", "latest")]
    public async Task A_point_is_a_time_with_all_its_digits_or_a_transaction_or_latest(string until, string point)
    {
        using var pod = Pod(until);
        var run = await CallAsync(pod, "read_point; printf %s \"$POINT\"");
        Assert.Equal((0, point), (run.ExitCode, run.Output));
    }

    [Theory]
    [InlineData("2026-11-27 14:03:07")]
    [InlineData("2026-11-27T14:03:07")]
    [InlineData("2026-11-27T14:03:07.Z")]
    [InlineData("2026-11-27T14:03:07.1234567Z")]
    [InlineData("2026-11-27T14:03:07+01:00")]
    [InlineData("a:1")]
    [InlineData("some-uuid:1-23")]
    [InlineData("some-uuid:")]
    [InlineData("Latest")]
    public async Task What_is_no_point_is_refused(string until)
    {
        using var pod = Pod(until.Replace("some-uuid", Owner, StringComparison.Ordinal));
        var run = await CallAsync(pod, "read_point");
        Assert.Equal(
            (2, $"REFUSED: '{until}' is neither a time such as 2026-11-27T14:03:07Z, nor a transaction such as some-uuid:23, nor latest. Nothing was changed"),
            (run.ExitCode, Assert.Single(run.Said)));
    }

    [Theory]
    [InlineData("a:5", "a:1-5", true)]
    [InlineData("a:6", "a:1-5", false)]
    [InlineData("a:10", "a:9-11", true)]
    [InlineData("a:3", "a:1-2:4-9", false)]
    [InlineData("a:4", "a:1-2:4-9", true)]
    [InlineData("a:7", "a:1-2:7:9", true)]
    [InlineData("a:8", "a:1-2:7:9", false)]
    [InlineData("A:5", "a:1-5", true)]
    [InlineData("b:5", "a:1-5", false)]
    [InlineData("b:5", "a:1-5,b:5", true)]
    [InlineData("b:5", "a:1-5, b:5-6", true)]
    [InlineData("b:4", "a:1-5,b:5", false)]
    [InlineData("a:shop:5", "a:1-5", false)]
    [InlineData("a:5", "a:shop:1-5", false)]
    [InlineData("a:shop:5", "a:1-2:shop:4-5", true)]
    [InlineData("a:2", "a:1-2:shop:4-5", true)]
    [InlineData("a:shop:3", "a:1-3:shop:4-5:stock:1-3", false)]
    [InlineData("a:stock:3", "a:1-3:shop:4-5:stock:1-3", true)]
    [InlineData("b:shop:5", "a:shop:1-5,b:1-5", false)]
    [InlineData("a:1", "", false)]
    public async Task A_transaction_is_found_in_a_set(string transaction, string set, bool there)
    {
        using var pod = Pod();
        Assert.Equal((there ? 0 : 1, string.Empty), Ended(await CallAsync(pod, $"in_set {transaction} '{set}' || exit 1")));
    }

    [Theory]
    [InlineData("2026-11-27T02:29:59.999999Z", true)]
    [InlineData("2026-11-27T02:30:00.000000Z", true)]
    [InlineData("2026-11-27T02:30:01.000000Z", false)]
    [InlineData("2027-01-01T00:00:00.000000Z", false)]
    [InlineData($"{Owner}:5", true)]
    [InlineData($"{Owner}:6", false)]
    [InlineData("latest", false)]
    public async Task A_backup_begins_after_the_point_or_has_it(string point, bool after)
    {
        using var pod = Pod();
        Assert.Equal((after ? 0 : 1, string.Empty), Ended(await CallAsync(pod, $"POINT={point}; MANIFEST[executed]={Owner}:1-5; begins_after_point 20261127T023000Z || exit 1")));
    }

    /// <summary>Of the time when it was committed first there is one only where it is not that of the source.</summary>
    [Theory]
    [InlineData(33, 1795788187123456, null, "1795788187123456")]
    [InlineData(33, 1795788187123456, 1795788186000001, "1795788186000001")]
    [InlineData(42, 1795788187123456, null, "1795788187000000")]
    public async Task An_event_tells_when_its_transaction_was_committed(int type, long committed, long? first, string told)
    {
        using var pod = Pod();
        await File.WriteAllBytesAsync(pod.Path("log"), [.. new byte[123], .. Event(type, committed, first)]);
        Assert.Equal(told, (await CallAsync(pod, $"committed {pod.Path("log")} 123")).Output);
    }

    /// <summary>Transactions 11 to 15, one a second, from the middle of second 11 on.</summary>
    [Theory]
    [InlineData("11.499999", "11")]
    [InlineData("11.500000", "12")]
    [InlineData("12.999999", "13")]
    [InlineData("13.499999", "13")]
    [InlineData("13.500000", "14")]
    [InlineData("15.499999", "15")]
    [InlineData("15.500000", "")]
    public async Task The_first_transaction_after_the_point_is_found(string second, string stop)
    {
        using var pod = Pod();
        var received = Received(11, 5);
        pod.Write("volume/relay/replay.000003", received.Log);
        pod.Answers("*", "SHOW RELAYLOG EVENTS IN 'replay.000003'", received.Events);
        var run = await CallAsync(pod, $"REPLAYED=$VOLUME/relay; POINT=2026-11-27T14:03:{second}Z; first_beyond 2; echo \"$STOP\"");
        Assert.Equal($"{Named(stop)}\n", run.Output);
    }

    [Theory]
    // Between two of them, and exactly at the last transaction of one: another one of that moment may be in the next.
    [InlineData("14:00:00.500000", "a:1", "0 0")]
    [InlineData("14:00:01.500000", "a:1", "0 1")]
    [InlineData("14:00:02.000000", "a:1", "0 2")]
    [InlineData("14:00:02.500000", "a:1-3", "1 2")]
    [InlineData("14:00:02.500000", "a:1-4", "1 2")]
    // After all of them.
    [InlineData("14:00:04.000000", "a:1", "0 2")]
    [InlineData("14:00:04.000000", "a:1-9", "3 2")]
    [InlineData("14:00:05.000000", "a:1", "0 2")]
    [InlineData("14:00:05.000001", "a:1", "the archive has everything up to 2026-11-27T14:00:05.000000Z, and not up to 2026-11-27T14:00:05.000001Z. Way out: an earlier time, or latest, for all that it has")]
    [InlineData("14:00:04.000000", "a:1-10", "the backup ID has what was written after 2026-11-27T14:00:04.000000Z, too. Way out: an earlier backup")]
    // The backup has all of the log that has the point, which then tells whether it has more.
    [InlineData("14:00:01.500000", "a:1-6", "1 1")]
    [InlineData("14:00:02.500000", "a:1-9", "2 2")]
    [InlineData("a:4", "a:1", "0 1")]
    [InlineData("a:9", "a:1-3", "1 2")]
    [InlineData("a:10", "a:1-3", "the archive does not have the transaction a:10")]
    [InlineData("latest", "a:1-5", "1 2")]
    [InlineData("latest", "a:1-9", "3 2")]
    public async Task Those_logs_are_chosen_that_lead_from_the_backup_to_the_point(string point, string executed, string chosen)
    {
        using var pod = Pod();
        point = point.StartsWith("14:", StringComparison.Ordinal) ? $"2026-11-27T{point}Z" : point;
        var run = await CallAsync(pod, $"{ThreeLogs}ID=ID; THROUGH=2026-11-27T14:00:05.000000Z; THROUGH_EXECUTED=a:1-9; POINT={point}; EXECUTED={executed}; choose_logs; echo $FIRST $LAST");
        if (char.IsDigit(chosen[0]))
        {
            Assert.Equal((0, $"{chosen}\n"), (run.ExitCode, run.Output));
        }
        else
        {
            Assert.Equal((2, $"REFUSED: {chosen}. Nothing was changed"), (run.ExitCode, Assert.Single(run.Said)));
        }
    }

    /// <summary>After a lost b:4-5 came c, and when that was lost with its second transaction d. A loss counts once the server that came after it has written something.</summary>
    [Theory]
    [InlineData("latest", "", "a:1", "b:4-5,c:2")]
    // Up to a transaction, and before one: of the last log, b:4 b:5 c:1 c:2 d:1, so much.
    [InlineData("b:5", "", "a:1", "")]
    [InlineData("c:1", "", "a:1", "b:4-5")]
    [InlineData("d:1", "", "a:1", "b:4-5,c:2")]
    [InlineData("time", "b:4", "a:1", "")]
    [InlineData("time", "c:1", "a:1", "")]
    [InlineData("time", "c:2", "a:1", "b:4-5")]
    [InlineData("time", "d:1", "a:1", "b:4-5")]
    // What the backup has stays.
    [InlineData("latest", "", "a:1,b:4", "b:5,c:2")]
    [InlineData("time", "b:4", "a:1,c:1", "b:4-5")]
    public async Task What_the_cluster_had_lost_by_the_point_is_left_out(string point, string stop, string executed, string lost)
    {
        using var pod = Pod();
        point = point == "time" ? "2026-11-27T14:00:02.000000Z" : point;
        var run = await CallAsync(
            pod,
            $$"""
            transactions_of() { printf '%s\n' '4 b:4' '5 b:5' '6 c:1' '7 c:2' '8 d:1'; }
            BEFORE=(a:1 a:1,b:1-3) AFTERS=(a:1,b:1-3 a:1,b:1-5,c:1-2,d:1) THROUGH_LOST='c=b:4-5;d=c:2' EXECUTED={{executed}} POINT={{point}} STOP={{stop}} LAST=1
            left_out
            """);
        Assert.Equal((0, lost), (run.ExitCode, run.Output.TrimEnd()));
    }

    [Fact]
    public async Task An_archive_that_never_had_everything_has_no_time_after_its_logs()
    {
        using var pod = Pod();
        var run = await CallAsync(pod, $"{ThreeLogs}THROUGH=; POINT=2026-11-27T14:00:03.000000Z; EXECUTED=a:1; choose_logs");
        Assert.StartsWith("REFUSED: the archive has everything up to no time, and not up to 2026-11-27T14:00:03.000000Z.", Assert.Single(run.Said), StringComparison.Ordinal);
        Assert.Equal(2, run.ExitCode);
    }

    [Theory]
    [InlineData("a:1-3", "a:1-2>a:1-5 a:1-5>a:1-9", null)]
    [InlineData("a:1-3", "a:1-4>a:1-5 a:1-5>a:1-9", "a:4 are neither in the backup 20261127T023000Z nor in a log before log-0")]
    [InlineData("a:1-3", "a:1-3>a:1-5 a:1-7>a:1-9", "a:6-7 are neither in the backup 20261127T023000Z nor in a log before log-1")]
    [InlineData("a:1-3", "a:1-3>a:1-5 a:1-5,b:1>a:1-9,b:1", "b:1 are neither in the backup 20261127T023000Z nor in a log before log-1")]
    // What the backup has the logs need not have.
    [InlineData("a:1-8", "a:1-3>a:1-5 a:1-7>a:1-9", null)]
    // A killed archiver's last log came after the first one of the next, and both began from the same.
    [InlineData("a:1-3", "a:1-3>a:1-5 a:1-3>a:1-7 a:1-5>a:1-6 a:1-7>a:1-9", null)]
    public async Task What_a_log_begins_after_is_in_the_backup_or_in_a_log_before_it(string executed, string logs, string? missing)
    {
        using var pod = Pod();
        var pairs = logs.Split(' ').Select(log => log.Split('>')).ToArray();
        var run = await CallAsync(
            pod,
            $"""
            NAMES=({string.Join(' ', pairs.Select((_, i) => $"log-{i}"))})
            BEFORE=({string.Join(' ', pairs.Select(pair => pair[0]))})
            AFTERS=({string.Join(' ', pairs.Select(pair => pair[1]))})
            ID=20261127T023000Z EXECUTED={executed} FIRST=0 LAST={pairs.Length - 1}
            require_no_gap
            """);
        Assert.Equal(
            missing is null ? (0, string.Empty) : (2, $"REFUSED: the archive has a gap: the transactions {missing}. Way out: a later backup, or a point before the gap. Nothing was changed"),
            (run.ExitCode, string.Join('\n', run.Said)));
    }

    /// <summary>The last log that was closed more than a day before the backup was begun is the first one: what it has may be in no other.</summary>
    [Theory]
    [InlineData("20261127T023000Z", "00000002-20261126T022959Z 00000003-20261126T023000Z 00000004-20261127T120000Z")]
    [InlineData("20261125T023000Z", "00000001-20261125T000000Z 00000002-20261126T022959Z 00000003-20261126T023000Z 00000004-20261127T120000Z")]
    [InlineData("20261229T023000Z", "00000004-20261127T120000Z")]
    public async Task Of_a_day_before_the_backup_all_logs_are_looked_at(string id, string names)
    {
        using var pod = Pod();
        await pod.HasLogsAsync(
            """
            00000001-20261125T000000Z||a:1||1
            00000002-20261126T022959Z|a:1|a:1-2||2
            00000003-20261126T023000Z|a:1-2|a:1-3|b:1|3
            00000004-20261127T120000Z|a:1-3|a:1-4|b:1|4
            """);
        pod.Write($"{Logs}/00000005-20261127T130000Z.zst", "not yet with its info");
        pod.Write($"{Logs}/through", "2026-11-27T13:00:00.000000Z a:1-4\n");

        var run = await CallAsync(pod, $"ID={id}; MANIFEST[identity]=id-of-shop; fetch_infos; echo \"${{NAMES[*]}}\"; echo \"${{BEFORE[-1]}} ${{AFTERS[-1]}} ${{LOSTS[-1]}} ${{LASTS[-1]}} ${{SIZES[-1]}} $THROUGH $THROUGH_EXECUTED\"");

        Assert.Equal(
            (0, $"{names}\na:1-3 a:1-4 b:1 4 {"what is in 00000004-20261127T120000Z\n".Length} 2026-11-27T13:00:00.000000Z a:1-4\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task An_info_that_is_not_what_was_written_ends_it()
    {
        using var pod = Pod();
        await pod.HasLogsAsync("00000001-20261127T120000Z||a:1||1");
        pod.Write($"{Logs}/00000001-20261127T120000Z.info", pod.Read($"{Logs}/00000001-20261127T120000Z.info").Replace("after a:1", "after a:2", StringComparison.Ordinal));
        var run = await CallAsync(pod, "ID=20261127T023000Z; MANIFEST[identity]=id-of-shop; fetch_infos");
        Assert.Equal((4, "the archive is damaged: the info of the log 00000001-20261127T120000Z is not what was written. Nothing was changed"), (run.ExitCode, Assert.Single(run.Said)));
    }

    [Theory]
    [InlineData("", false, 0, "")]
    [InlineData("", true, 0, "")]
    [InlineData("byte", false, 4, DamagedLog)]
    [InlineData("another", false, 4, DamagedLog)]
    [InlineData("missing", true, 4, DamagedLog)]
    [InlineData("missing", false, 3, "the logs could not be fetched; the reason stands above. Nothing was changed")]
    [InlineData("size", false, 4, DamagedLog)]
    [InlineData("room", false, 2, "REFUSED: the logs take 0.0 MB, and the volume has 0.0 MB: a larger storage is needed. Nothing was changed")]
    public async Task A_log_is_replayed_only_when_it_is_what_its_info_says(string wrong, bool remote, int code, string said)
    {
        using var pod = Pod();
        await pod.HasLogsAsync("00000007-20261127T120000Z||a:1||1\n00000008-20261127T130000Z|a:1|a:1-2||2\n00000009-20261127T140000Z|a:1-2|a:1-3||3");
        if (remote)
        {
            Directory.CreateDirectory(pod.Path(BackupPods.Remote));
            Directory.Move(pod.Path("store/mysql"), pod.Path($"{BackupPods.Remote}/mysql"));
            pod.UsesRemote();
        }

        var log = pod.Path($"{(remote ? BackupPods.Remote : "store")}/mysql/logs/id-of-shop/00000009-20261127T140000Z.zst");
        if (wrong == "missing")
        {
            File.Delete(log);
        }
        else if (wrong == "another")
        {
            // Of the same size, and sound by itself.
            File.Copy(log.Replace("9-20261127T14", "8-20261127T13", StringComparison.Ordinal), log, overwrite: true);
        }
        else if (wrong == "byte")
        {
            var bytes = await File.ReadAllBytesAsync(log);
            bytes[^1]++;
            await File.WriteAllBytesAsync(log, bytes);
        }

        var run = await CallAsync(
            pod,
            $$"""
            ID=20261127T023000Z; MANIFEST[identity]=id-of-shop
            {{(wrong == "room" ? "free_bytes() { echo 37; }" : string.Empty)}}
            fetch_infos
            {{(wrong == "size" ? "SIZES[2]=7" : string.Empty)}}
            fetch_logs 1 1
            fetch_logs 2 2
            cat "$REPLAYED"/replay.0*
            sed 's|.*/||' "$REPLAYED/replay.index"
            ls "$STAGING/logs"
            """);

        Assert.Equal(code, run.ExitCode);
        Assert.Equal(said, run.Said.LastOrDefault(string.Empty));
        if (code == 0)
        {
            Assert.Equal("what is in 00000008-20261127T130000Z\nwhat is in 00000009-20261127T140000Z\nreplay.000002\nreplay.000003\n", run.Output);
        }
    }

    /// <summary>The first transaction after the point is looked for in the first log that may have one, and, where that has none, in the next.</summary>
    [Theory]
    [InlineData("a:4", "", "a:1-3", 0, "0 a:4\n")]
    [InlineData("", "a:8", "a:1-3", 0, "fetched 1 1\n1 a:8\n")]
    [InlineData("", "", "a:1-3", 0, "fetched 1 1\n1 \n")]
    [InlineData("a:4", "", "a:1-4", 2, "")]
    [InlineData("", "a:8", "a:1-8", 2, "fetched 1 1\n")]
    public async Task What_comes_after_the_point_is_not_in_the_backup(string first, string second, string executed, int code, string output)
    {
        using var pod = Pod();
        var run = await CallAsync(
            pod,
            $$"""
            first_beyond() { if (($1 == 0)); then STOP={{first}}; else STOP={{second}}; fi; }
            require_no_gap() { true; }
            start_replaying() { true; }
            fetch_logs() { echo "fetched $*"; }
            NAMES=(one two) LAST=0 ID=20261127T023000Z EXECUTED={{executed}} POINT=2026-11-27T14:00:01.000000Z THROUGH=2026-11-27T14:00:02.000000Z THROUGH_EXECUTED=a:1-8
            find_stop
            echo "$LAST $STOP"
            """);
        Assert.Equal((code, output), (run.ExitCode, run.Output));
        Assert.Equal(code == 0 ? [] : ["REFUSED: the backup 20261127T023000Z has what was written after 2026-11-27T14:00:01.000000Z, too. Way out: an earlier backup. Nothing was changed"], run.Said);
    }

    [Theory]
    [InlineData("latest", "", "a:1-9", null)]
    [InlineData("latest", "", "a:1-10", null)]
    [InlineData("latest", "", "a:1-8", "a:9")]
    [InlineData("2026-11-27T14:00:02.000000Z", "", "a:1-8", "a:9")]
    [InlineData("2026-11-27T14:00:02.000000Z", "a:8", "a:1-7", null)]
    [InlineData("2026-11-27T14:00:02.000000Z", "a:8", "a:1-8", "more than that: a:8")]
    [InlineData("a:5", "", "a:1-5", null)]
    [InlineData("a:5", "", "a:1-4", "a:5")]
    public async Task Data_that_are_not_at_the_point_are_not_taken(string point, string stop, string executed, string? missing)
    {
        using var pod = Pod();
        var run = await CallAsync(pod, $"POINT={point}; STOP={stop}; THROUGH_EXECUTED=a:1-9; require_point {executed}");
        Assert.Equal(
            missing is null ? (0, string.Empty) : (4, $"the archive does not bring the data to {point}: {missing}. Nothing was changed"), (run.ExitCode, string.Join('\n', run.Said)));
    }

    /// <summary>Of a log with transactions 6 to 9 of which one was lost, the first two are wanted.</summary>
    [Fact]
    public async Task A_restore_ends_with_the_last_transaction_before_the_point()
    {
        const string uuid = "3c3c0000-0000-0000-0000-000000000000";
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        var received = Received(6, 4, 2099);
        pod.Write("received/00000002-20991127T140000Z", received.Log.Replace(Owner, uuid, StringComparison.Ordinal));
        await pod.HasLogsAsync($"00000001-20991127T130000Z||{uuid}:1-5||2099-11-27T13:00:00.000000Z\n00000002-20991127T140000Z|{uuid}:1-5|{uuid}:1-9|{uuid}=b:1|2099-11-27T14:03:09.500000Z");
        pod.Write($"{Logs}/through", $"2099-11-27T14:04:00.000000Z {uuid}:1-9 {uuid}=b:1\n");
        pod.AnswersInstead(() =>
        {
            pod.AnswersOnce("*", "gtid_executed", $"{uuid}:1-5");
            pod.AnswersOnce("*", "gtid_executed", $"{uuid}:1-5");
            pod.Answers("*", "gtid_executed", $"{uuid}:1-7,b:1");
            pod.Answers("*", "EVENTS IN 'replay.000002'", received.Events.Replace(Owner, uuid, StringComparison.Ordinal));
            pod.AnswersOnce("*", "SHOW REPLICA STATUS", "Last_SQL_Errno: 0\nReplica_SQL_Running: Yes");
            pod.Answers("*", "SHOW REPLICA STATUS", "Last_SQL_Errno: 0\nReplica_SQL_Running: No");
        });
        pod.Environment["RESTORE_UNTIL"] = "2099-11-27T14:03:07.5Z";

        var run = await pod.RunAsync("restore.sh");

        Assert.Equal(
            [
                $"restoring {id} of mysql: 0.0 MB, 1 tables, made by MySQL 8.4.3, transactions some-uuid:1-5, and what was written after it up to 2099-11-27T14:03:07.500000Z",
                "left out is what the cluster lost with its primary: b:1",
                "replaying what was written after the backup",
                "replayed 1 logs up to 2099-11-27T14:03:07.500000Z in X s: transactions some-uuid:1-7,b:1; the first one that was left out is some-uuid:8",
                $"restored {id} and what followed up to 2099-11-27T14:03:07.500000Z in X s: the first data of mysql-0",
            ],
            run.Said.Where(said => !said.StartsWith("unpacked", StringComparison.Ordinal) && !said.StartsWith("waiting", StringComparison.Ordinal)).Select(said => Regex.Replace(said, "in [0-9]+ s", "in X s")));
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("--relay-log=/volume/staging-restore-some-uuid/relay/replay --relay-log-index=/volume/staging-restore-some-uuid/relay/replay.index", pod.CallsOf("mysqld").Last(), StringComparison.Ordinal);
        Assert.Contains("--server-id=99 ", pod.CallsOf("mysqld").Last(), StringComparison.Ordinal);
        Assert.Contains("--loose-rpl-semi-sync-replica-enabled=OFF --relay-log-space-limit=0 --replica-skip-errors=OFF --replica-exec-mode=STRICT", pod.CallsOf("mysqld").Last(), StringComparison.Ordinal);
        Assert.Equal(
            [
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST='archive', RELAY_LOG_FILE='replay.000002', RELAY_LOG_POS=4; CHANGE REPLICATION FILTER REPLICATE_DO_DB = (), REPLICATE_IGNORE_DB = (), REPLICATE_DO_TABLE = (), REPLICATE_IGNORE_TABLE = (), REPLICATE_WILD_DO_TABLE = (), REPLICATE_WILD_IGNORE_TABLE = (), REPLICATE_REWRITE_DB = ();",
                "SET GLOBAL gtid_purged = '+b:1';",
                "START REPLICA SQL_THREAD UNTIL SQL_BEFORE_GTIDS = 'some-uuid:8';",
                "STOP REPLICA;",
                "RESET REPLICA ALL;",
            ],
            pod.Calls.Select(call => call.Trim()).Where(call => Regex.IsMatch(call, "^(CHANGE|START|STOP|RESET|SET GLOBAL)")));
        // Of what is not among the data nothing stays.
        Assert.Equal(["mysql"], Directory.EnumerateFileSystemEntries(pod.Path("volume")).Select(path => System.IO.Path.GetFileName(path)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));
    }

    [Theory]
    [InlineData("ID", "2026-01-01T00:00:00Z", "the backup ID has what was written after 2026-01-01T00:00:00.000000Z, too. Way out: an earlier backup")]
    [InlineData("latest", "2019-01-01T00:00:00Z", "there is no good backup of mysql in /store from before 2019-01-01T00:00:00.000000Z")]
    [InlineData("ID", "3c3c0000-0000-0000-0000-000000000000:5", "the backup ID has what was written after some-uuid:5, too. Way out: an earlier backup")]
    [InlineData("ID", "3c3c0000-0000-0000-0000-000000000000:6", "/store has no archive of what was written after the backup ID")]
    [InlineData("ID", "latest", "/store has no archive of what was written after the backup ID")]
    public async Task A_point_that_the_backup_does_not_lead_to_is_refused(string backup, string until, string said)
    {
        using var pod = BackupPods.Make();
        var id = await pod.HasBackupAsync();
        pod.Environment["RESTORE_BACKUP"] = backup == "ID" ? id : backup;
        pod.Environment["RESTORE_UNTIL"] = until;
        var run = await pod.RunAsync("restore.sh");
        Assert.Equal((2, $"REFUSED: {said.Replace("ID", id, StringComparison.Ordinal)}. Nothing was changed"), (run.ExitCode, run.Said[^1]));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Theory]
    [InlineData("latest", "20200104T000000Z")]
    [InlineData("2020-01-02T12:00:00Z", "20200102T000000Z")]
    [InlineData("2020-01-02T00:00:00Z", "20200101T000000Z")]
    public async Task The_newest_good_backup_that_was_begun_before_the_point_is_chosen(string until, string chosen)
    {
        using var pod = Pod(until);
        await pod.HasBackupsAsync("20200101T000000Z shop good\n20200102T000000Z shop good\n20200103T000000Z shop good\n20200104T000000Z shop good\n20200105T000000Z shop unproved");
        Assert.Equal($"{chosen}\n", (await CallAsync(pod, "read_point; choose; echo $ID")).Output);
    }

    private static ScriptPod Pod(string until = "latest")
    {
        var pod = BackupPods.Make();
        pod.KeepFunctionsOf("restore.sh");
        pod.Environment["RESTORE_UNTIL"] = until;
        return pod;
    }

    private static Task<ScriptRun> CallAsync(ScriptPod pod, string commands) => pod.CallAsync("restore.sh", $"load_secrets\n{commands}");

    private static string Named(string number) => number.Length == 0 ? string.Empty : $"some-uuid:{number}";

    /// <summary>A relay log with transactions, one a second, from the middle of the second of the first one's number on, and what a server tells of it.</summary>
    private static (string Log, string Events) Received(int first, int count, int year = 2026)
    {
        var log = new List<byte>(new byte[126]);
        var events = "replay\t4\tFormat_desc\t100\t126\tServer ver: 8.4.3\nreplay\t126\tPrevious_gtids\t100\t157\t\n";
        for (var number = first; number < first + count; number++)
        {
            events += $"replay\t{log.Count}\tGtid\t100\t0\tSET @@SESSION.GTID_NEXT= '{Owner}:{number}'\nreplay\t0\tQuery\t100\t0\tBEGIN\n";
            log.AddRange(Event(33, new DateTimeOffset(year, 11, 27, 14, 3, number, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000 + 500_000, null));
        }

        return (Encoding.Latin1.GetString([.. log]), events.TrimEnd('\n'));
    }

    /// <summary>The event that begins a transaction, in a log of a server: header, flags, server, number, type, two logical times, and when it was committed.</summary>
    private static byte[] Event(int type, long committed, long? first)
    {
        var bytes = new byte[19 + 1 + 16 + 8 + 1 + 16 + 7 + 7 + 20];
        bytes.AsSpan().Fill(0xee);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(committed / 1_000_000));
        bytes[4] = (byte)type;
        WriteSeven(bytes.AsSpan(61), first is null ? committed : committed | (1L << 55));
        if (first is { } time)
        {
            WriteSeven(bytes.AsSpan(68), time);
        }

        return bytes;
    }

    private static void WriteSeven(Span<byte> place, long value)
    {
        for (var i = 0; i < 7; i++)
        {
            place[i] = (byte)(value >> (8 * i));
        }
    }

    private static (int, string) Ended(ScriptRun run) => (run.ExitCode, run.Errors);
}
