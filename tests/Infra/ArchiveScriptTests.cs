using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Tests.Infra;

/// <summary>What archive-logs.sh keeps of what a server received, which of the logs go again, and what is told of them.</summary>
public sealed class ArchiveScriptTests
{
    private const string Logs = "store/mysql/logs/id-of-shop";

    /// <summary>What a primary says that has ten transactions.</summary>
    private const string Primary = "at 2026-11-27T14:00:10.000000Z\nexecuted a:1-10\tpurged \tserver 8.4.3\nuuid a\tidentity id-of-shop";

    /// <summary>What is set when the receiver has begun, from a:1-5.</summary>
    private const string Begun =
        """
        load_secrets
        IDENTITY=id-of-shop NUMBER=7 AFTER=a:1-5 BASE=a:1-5 LOST=a=b:1
        PRIMARY=([at]=2026-11-27T14:00:10.000000Z [executed]=a:1-10 [server]=8.4.3 [uuid]=a [identity]=id-of-shop)
        TOLD_PASSWORD=${PASSWORD[replication]}
        mkdir -p "$RELAY" "$OUTGOING"
        : >"$RESERVE"

        """;

    private const string State = "\necho \"$NUMBER $AFTER $LOST\"";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_a_folder_of_the_store_those_are_fetched_and_removed_that_a_list_names(bool remote)
    {
        using var pod = BackupPods.Make();
        var store = "store";
        if (remote)
        {
            pod.UsesRemote();
            store = BackupPods.Remote;
        }

        foreach (var name in (string[])["one", "two", "three", "one.new"])
        {
            pod.Write($"{store}/mysql/logs/x/{name}", $"this is {name}");
        }

        var run = await pod.CallAsync(
            "lib.sh store.sh",
            """
            printf 'one\nthree\n' >"$VOLUME/these"
            store_fetch_these logs/x "$VOLUME/fetched" "$VOLUME/these"
            store_delete_these logs/x "$VOLUME/these"
            rm "$STORE_REPORT"
            """);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Errors));
        Assert.Equal(["one", "three"], pod.Files("volume/fetched").Keys);
        Assert.Equal("this is three", pod.Read("volume/fetched/three"));
        Assert.Equal(["one.new", "two"], pod.Files($"{store}/mysql/logs/x").Keys);
    }

    [Theory]
    [InlineData("store_fetch_these logs/x \"$VOLUME/fetched\"", "reading")]
    [InlineData("store_delete_these logs/x", "removing")]
    public async Task A_store_that_refuses_is_told_of(string asked, string what)
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        pod.Write("programs/rclone.denied", string.Empty);
        var run = await pod.CallAsync("lib.sh store.sh", $"echo one >\"$VOLUME/these\"; {asked} \"$VOLUME/these\" || code=$?; rm -f \"$STORE_REPORT\"; exit $code");
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith($"the store shop:bucket/mysql-backups: {what} failed with exit code 1: ", run.Said[^1], StringComparison.Ordinal);
    }

    /// <summary>A restore of the oldest good backup looks at all of the day before it, and where the archive stands the newest log tells.</summary>
    [Theory]
    [InlineData("20200103T000000Z id-of-shop good\n20200105T000000Z id-of-shop good", "3 4 5")]
    [InlineData("20200101T000000Z id-of-shop good\n20200105T000000Z id-of-shop good", "1 2 3 4 5")]
    [InlineData("20200101T000000Z another good\n20200102T000000Z id-of-shop unproved\n20200102T120000Z id-of-shop damaged\n20200104T000000Z id-of-shop good", "4 5")]
    [InlineData("20200601T000000Z id-of-shop good", "5")]
    [InlineData("20200103T000000Z another good\n20200103T000000Z id-of-shop unproved", "1 2 3 4 5")]
    public async Task Logs_from_more_than_a_day_before_the_oldest_good_backup_go(string backups, string kept)
    {
        using var pod = BackupPods.Make();
        pod.KeepFunctionsOf("backup.sh");
        await pod.HasBackupsAsync(backups);
        const string logs = "00000001-20200101T000000Z||a:1||1\n00000002-20200101T235959Z||a:2||1\n00000003-20200102T000000Z||a:3||1\n00000004-20200103T000000Z||a:4||1\n00000005-20200104T000000Z||a:5||1";
        await pod.HasLogsAsync(logs);
        await pod.HasLogsAsync(logs, "another");
        pod.Write($"{Logs}/through", "2020-01-04T00:00:00.000000Z a:5\n");

        var run = await pod.CallAsync("backup.sh", "DONOR[identity]=id-of-shop; survey; remove_logs");

        Assert.Equal(0, run.ExitCode);
        var numbers = kept.Split(' ');
        Assert.Equal(
            [.. logs.Split('\n').Select(log => log.Split('|')[0]).Where(name => numbers.Contains(name[7..8])).SelectMany(name => (string[])[$"{name}.info", $"{name}.zst"]), "through"],
            pod.Files(Logs).Keys);
        Assert.Equal(10, pod.Files("store/mysql/logs/another").Count);
        Assert.Equal(
            numbers.Length == 5 ? [] : [$"removed what the archive had from more than a day before the oldest good backup, {backups.Split('\n').First(one => one.EndsWith("id-of-shop good", StringComparison.Ordinal))[..16]}: {2 * (5 - numbers.Length)} files"],
            run.Said);
    }

    [Fact]
    public async Task The_list_tells_up_to_when_each_archive_is_complete()
    {
        using var pod = BackupPods.Make();
        await pod.HasLogsAsync("00000002-20261127T120000Z||a:1||1\n00000003-20261127T130000Z|a:1|a:2||2");
        pod.Write($"{Logs}/through", "2026-11-27T14:00:10.000000Z a:1-2\n");
        pod.Write("store/mysql/logs/another/00000001-20261127T120000Z.zst", "without an info");

        var run = await pod.RunAsync("backup.sh", "list");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "archive of what was written to the data of another: no log yet, not yet complete up to any time",
                "archive of what was written to the data of id-of-shop: logs from 2026-11-27T12:00:00Z, complete up to 2026-11-27T14:00:10.000000Z",
            ],
            run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..]);
    }

    [Fact]
    public async Task The_list_asks_the_store_once_for_each_archive()
    {
        using var pod = BackupPods.Make();
        pod.UsesRemote();
        pod.Write($"{BackupPods.Remote}/mysql/logs/id-of-shop/00000001-20261127T120000Z.info", "of a log");
        pod.Write($"{BackupPods.Remote}/mysql/logs/id-of-shop/through", "2026-11-27T14:00:10.000000Z a:1-2\n");
        pod.Write($"{BackupPods.Remote}/mysql/logs/id-of-shop/gap", "a:2\n");

        var run = await pod.RunAsync("backup.sh", "list");

        Assert.EndsWith("id-of-shop: logs from 2026-11-27T12:00:00Z, complete up to 2026-11-27T14:00:10.000000Z, with a GAP that no good backup covers: a:2\n", run.Output, StringComparison.Ordinal);
        Assert.Single(pod.CallsOf("rclone"), call => call == "rclone lsf shop:bucket/mysql-backups/mysql/logs/id-of-shop");
    }

    [Fact]
    public async Task A_log_is_kept_packed_and_its_info_says_what_is_in_it()
    {
        using var pod = Pod();
        pod.Write("volume/staging-relay/relay.000004", "transactions");

        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}keep_log relay.000004 a:1-9 2026-11-27T14:00:09.000000Z{State}\nls \"$RELAY\"\nread_info \"$STORE\"/mysql/{Logs[12..]}/*.info\necho \"${{LOG[*]}}\"\nzstd --decompress <\"$STORE\"/mysql/{Logs[12..]}/*.zst\nsize=$(digest <\"$STORE\"/mysql/{Logs[12..]}/*.zst)\n[[ $size == \"${{LOG[packed]}}\" ]]");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Errors));
        var said = run.Output.Split('\n');
        Assert.Equal("8 a:1-9 a=b:1", said[0]);
        Assert.Equal("transactions", said[^1]);
        var (info, log) = (pod.Files(Logs).Keys.First(), pod.Files(Logs).Keys.Last());
        Assert.Equal("00000008-20261127T140010Z.info", info);
        Assert.Equal(info.Replace(".info", ".zst", StringComparison.Ordinal), log);
        Assert.StartsWith(
            "format 1\nidentity id-of-shop\nserver 8.4.3\nbefore a:1-5\nafter a:1-9\nlost a=b:1\nlast 2026-11-27T14:00:09.000000Z\nsize 12\npacked ",
            pod.Read($"{Logs}/{info}"), StringComparison.Ordinal);
        // The info makes it one, and is there last.
        Assert.Equal([log, info], pod.CallsOf("mv").Where(call => call.Contains("/store/", StringComparison.Ordinal)).Select(call => call[(call.LastIndexOf('/') + 1)..]));
    }

    [Fact]
    public async Task A_log_without_a_transaction_is_not_kept()
    {
        using var pod = Pod();
        pod.Write("volume/staging-relay/relay.000004", "none");
        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}keep_log relay.000004 a:1-5 2026-11-27T14:00:09.000000Z{State}\nls \"$RELAY\"");
        Assert.Equal((0, "7 a:1-5 a=b:1\n"), (run.ExitCode, run.Output));
        Assert.False(Directory.Exists(pod.Path(Logs)));
    }

    /// <summary>Full at once, or between the log and its info.</summary>
    [Theory]
    [InlineData(0, "")]
    [InlineData(1, "zst")]
    public async Task What_the_store_did_not_take_stays_here(int calls, string there)
    {
        using var pod = Pod();
        pod.Write("volume/staging-relay/relay.000004", "transactions");
        pod.Write("programs/cp.full", $"{calls}");

        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}! keep_log relay.000004 a:1-9 2026-11-27T14:00:09.000000Z{State}\nls \"$RELAY\"");

        Assert.Equal((0, "7 a:1-5 a=b:1\nrelay.000004\n"), (run.ExitCode, run.Output));
        Assert.EndsWith("No space left on device", run.Said[^1], StringComparison.Ordinal);
        Assert.Equal(there, string.Join(' ', pod.Files(Logs).Keys.Select(name => name.Split('.')[^1])));
    }

    [Theory]
    [InlineData("", "0  ")]
    [InlineData("00000008-20261127T120000Z|a:1|a:1-3||1", "8 a:1-3 ")]
    [InlineData("00000008-20261127T120000Z|a:1|a:1-3||1\n00000010-20261127T110000Z|a:1-3|a:1-5,b:1|b:1|1", "10 a:1-5,b:1 b:1")]
    public async Task It_goes_on_from_the_last_log_of_the_store(string logs, string state)
    {
        using var pod = Pod();
        if (logs.Length > 0)
        {
            await pod.HasLogsAsync(logs);
            pod.Write($"{Logs}/00000011-20261127T130000Z.zst", "without its info");
        }

        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}last_log{State}");

        Assert.Equal((0, $"{state}\n"), (run.ExitCode, run.Output));
    }

    [Fact]
    public async Task Where_the_archive_stands_is_not_guessed()
    {
        using var pod = Pod();
        await pod.HasLogsAsync("00000008-20261127T120000Z|a:1|a:1-3||1");
        var info = $"{Logs}/00000008-20261127T120000Z.info";
        pod.Write(info, pod.Read(info).Replace("a:1-3", "a:1-2", StringComparison.Ordinal));
        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}last_log || true{State}");
        Assert.Equal(
            (1, "the info of the log 00000008-20261127T120000Z in /store is damaged: what the archive has is not known. Way out: move logs/id-of-shop of mysql to another place; the archive then begins anew"),
            (run.ExitCode, Assert.Single(run.Said)));
    }

    /// <summary>What the present server has not committed yet it did not lose. What was lost and is there again was not.</summary>
    [Theory]
    [InlineData("a:1-10,b:1", "a", "a=b:1", null)]
    [InlineData("a:1-12,b:1", "a", "a=b:1", null)]
    [InlineData("a:1-12,b:1", "d", "a=b:1;d=a:11-12", "a:11-12")]
    [InlineData("a:1-12,b:1-2,d:1", "d", "a=b:1;d=a:11-12,b:2", "a:11-12,b:2")]
    [InlineData("a:1-10", "d", "a=b:1", null)]
    public async Task What_a_server_does_not_have_that_came_after_another_was_lost(string had, string uuid, string lost, string? told)
    {
        using var pod = Pod();
        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}PRIMARY[uuid]={uuid}\nnote_lost {had}\necho \"$LOST\"");
        Assert.Equal((0, $"{lost}\n"), (run.ExitCode, run.Output));
        Assert.Equal(told is null ? [] : [$"the archive has transactions that the cluster has lost ({told}): a restore to a time after this leaves them out"], run.Said);
    }

    [Fact]
    public async Task What_the_primary_has_after_all_is_not_lost()
    {
        using var pod = Pod();
        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}LOST='c=a:9;d=b:1-2'\nnote_lost a:1-10,b:1-2\necho \"$LOST\"");
        Assert.Equal((0, "d=b:1-2\n"), (run.ExitCode, run.Output));
    }

    /// <summary>Two logs are closed, the third one is written to.</summary>
    [Fact]
    public async Task A_round_keeps_what_is_closed_and_tells_up_to_when_that_is_everything()
    {
        using var pod = Pod();
        HasReceived(pod, "a:6-10");
        pod.Answers("replication:*@mysql-0.mysql", "cluster_identity", Primary);

        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}LOST=''\narchive{State}\nls \"$RELAY\" \"$ARCHIVED\"");

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Errors));
        Assert.Equal("9 a:1-10 \n/temporary/archived\n\n/volume/staging-relay:\nrelay.000003\nrelay.index\n", run.Output);
        Assert.Equal(["00000008 a:1-5 a:1-8", "00000009 a:1-8 a:1-10"], Infos(pod));
        Assert.Equal("2026-11-27T14:00:10.000000Z a:1-10\n", pod.Read($"{Logs}/through"));
    }

    /// <summary>The receiver stands still then; what it had on the way, the primary has.</summary>
    [Fact]
    public async Task Where_the_volume_is_full_logs_are_packed_in_what_was_kept_free_and_another_receiver_goes_on()
    {
        using var pod = Pod();
        HasReceived(pod, "a:6-10");
        pod.Answers("replication:*@mysql-0.mysql", "cluster_identity", Primary);

        var run = await pod.CallAsync(
            "archive-logs.sh",
            $$"""
            {{Begun}}
            LOST=''
            pack_log() { [[ ! -e $RESERVE ]] && echo packed >"$OUTGOING/log" && echo digest; }
            /bin/sleep 60 &
            SCRATCH_SERVER=$!
            ! archive
            [[ -n $SCRATCH_SERVER ]] || echo "no receiver"
            """ + State);

        Assert.Equal((0, "no receiver\n9 a:1-10 \n"), (run.ExitCode, run.Output));
        Assert.Equal(["00000008 a:1-5 a:1-8", "00000009 a:1-8 a:1-10"], Infos(pod));
        Assert.Equal(["the volume was full of logs that are stored now; receiving the next ones"], run.Said);
        Assert.False(File.Exists(pod.Path($"{Logs}/through")));
    }

    [Theory]
    // The primary has more than was received: what is closed of that is kept all the same, as the rest may be more than the volume holds.
    [InlineData("a:6-9", Primary, "what mysql-0.mysql has had for 0 s has not all been received", 9)]
    [InlineData("a:6-10", "at 2026-11-27T14:00:10.000000Z\nexecuted a:1-10\tpurged \tserver 8.4.3\nidentity another", "mysql-0.mysql holds another cluster's data now", 7)]
    [InlineData("a:6-10", "ERROR 2003 (HY000): away", "mysql-0.mysql does not answer: ERROR 2003 (HY000): away", 7)]
    // What came last is still in the log that is open.
    [InlineData("a:6-11", "at 2026-11-27T14:00:10.000000Z\nexecuted a:1-11\tpurged \tserver 8.4.3\nuuid a\tidentity id-of-shop", "what was received is in a log that is not closed yet", 9)]
    public async Task A_round_that_does_not_have_everything_says_so_and_promises_nothing(string received, string primary, string said, int number)
    {
        using var pod = Pod();
        HasReceived(pod, received);
        pod.Answers("replication:*@mysql-0.mysql", "cluster_identity", primary);

        var run = await pod.CallAsync("archive-logs.sh", $"{Begun}LOST=''\n! archive\necho \"$NUMBER\"\n! ls \"$ARCHIVED\" 2>/dev/null");

        Assert.Equal((0, $"{number}\n"), (run.ExitCode, run.Output));
        Assert.Equal(said, Regex.Replace(run.Said[^1], "for [0-9]+ s", "for 0 s"));
        Assert.False(File.Exists(pod.Path($"{Logs}/through")));
    }

    [Theory]
    [InlineData("Replica_IO_Running: Yes\nLast_IO_Errno: 0", "replicationpassword", "", true, true)]
    [InlineData("Replica_IO_Running: Connecting\nLast_IO_Errno: 2003\nLast_IO_Error: no route", "replicationpassword", "receiving from mysql-0.mysql failed: error 2003: no route", false, true)]
    [InlineData("Replica_IO_Running: No\nLast_IO_Errno: 13114\nLast_IO_Error: purged", "replicationpassword", "receiving from mysql-0.mysql failed: error 13114: purged\nthe receiver is to look anew at where it goes on", false, false)]
    [InlineData("Replica_IO_Running: No\nLast_IO_Errno: 0\nLast_IO_Error: ", "replicationpassword", "receiving from mysql-0.mysql failed: error 0: \nthe receiver is to look anew at where it goes on", false, false)]
    // The Secret has another password by now.
    [InlineData("Replica_IO_Running: Connecting\nLast_IO_Errno: 1045\nLast_IO_Error: denied", "old", "receiving from mysql-0.mysql failed: error 1045: denied\nthe receiver is to look anew at where it goes on", false, false)]
    public async Task A_receiver_that_cannot_go_on_begins_anew(string status, string password, string said, bool receives, bool runs)
    {
        using var pod = Pod();
        pod.Answers("*", "SHOW REPLICA STATUS", status);
        var run = await pod.CallAsync(
            "archive-logs.sh",
            $"{Begun}TOLD_PASSWORD={password}\n/bin/sleep 60 &\nSCRATCH_SERVER=$!\nif keep_receiving; then echo receives; fi\n[[ -z $SCRATCH_SERVER ]] || echo runs");
        Assert.Equal($"{(receives ? "receives\n" : string.Empty)}{(runs ? "runs\n" : string.Empty)}", run.Output);
        Assert.Equal(said, string.Join('\n', run.Said));
    }

    /// <summary>From what an archive that has nothing begins: the newest good backup of these data from which the primary's logs go on; or else now.</summary>
    [Theory]
    [InlineData("", "shop-2")]
    [InlineData("a:1-2", "shop-2")]
    [InlineData("a:1-3", "a:1-10")]
    public async Task An_archive_begins_with_a_backup_from_which_the_logs_go_on(string purged, string from)
    {
        using var pod = Pod();
        await pod.HasBackupsAsync("20200101T000000Z id-of-shop good\n20200102T000000Z id-of-shop good\n20200103T000000Z another good\n20200104T000000Z id-of-shop unproved");
        var run = await pod.CallAsync(
            "archive-logs.sh",
            $$"""
            {{Begun}}
            PRIMARY[purged]={{purged}}
            eval "$(declare -f look_at | sed '1s/look_at/really_look_at/')"
            look_at() { really_look_at "$1" && MANIFEST[executed]=a:1-${1:7:1}; }
            first_base
            """);
        Assert.Equal((0, from.Replace("shop-2", "a:1-2", StringComparison.Ordinal)), (run.ExitCode, run.Output));
    }

    /// <summary>What the primary threw away before it came here is a gap; it is told, and what comes after it is kept all the same.</summary>
    [Theory]
    [InlineData("a:1-3", "a:1-5", "")]
    [InlineData("a:1-7", "a:1-7", "GAP: mysql-0.mysql no longer has the binary logs with a:6-7, and the archive does not have them: no point in time after them can be restored from a backup before them. A new backup ends that: make one now")]
    public async Task It_begins_where_the_archive_ends_or_where_the_primarys_logs_do(string purged, string from, string said)
    {
        using var pod = Pod();
        await pod.HasLogsAsync("00000008-20261127T120000Z|a:1|a:1-5||1");
        pod.Answers("replication:*@mysql-0.mysql", "cluster_identity", Primary.Replace("purged ", $"purged {purged}", StringComparison.Ordinal));

        var run = await pod.CallAsync("archive-logs.sh", $"begin{State}");

        Assert.Equal((0, $"8 {from} \n"), (run.ExitCode, run.Output));
        Assert.Equal([.. said.Length == 0 ? (string[])[] : [said], "archiving what mysql-0.mysql writes into logs/id-of-shop of mysql in /store, every 60 s"], run.Said.Where(one => !one.StartsWith("waiting", StringComparison.Ordinal)));
        var statements = pod.Calls.Select(call => call.Trim()).ToList();
        Assert.Contains($"SET GLOBAL gtid_purged = '{from}';", statements);
        Assert.Contains("SOURCE_AUTO_POSITION=1; START REPLICA IO_THREAD;", statements[^1], StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Theory]
    [InlineData(null, "the archive has not yet caught up with the primary since this container began; its log says why")]
    [InlineData(0, "")]
    [InlineData(150, "")]
    [InlineData(300, "for 30X s the archive has not had all that the primary had; its log says why")]
    public async Task It_is_ready_while_it_has_had_everything_a_while_ago(int? age, string said)
    {
        using var pod = Pod();
        if (age is { } seconds)
        {
            pod.Write("temporary/archived", string.Empty);
            File.SetLastWriteTimeUtc(pod.Path("temporary/archived"), DateTime.UtcNow.AddSeconds(-seconds));
        }

        var run = await pod.RunAsync("archive-ready.sh");

        Assert.Equal(said.Length == 0 ? 0 : 1, run.ExitCode);
        Assert.Matches($"^{said.Replace("X", "[0-9]", StringComparison.Ordinal)}\n?$", run.Output);
    }

    private static ScriptPod Pod()
    {
        var pod = BackupPods.Make();
        pod.Environment["ARCHIVE_SECONDS"] = "60";
        pod.Environment["RECEIVE_SECONDS"] = "0";
        pod.KeepFunctionsOf("archive-logs.sh");
        // Those of a backup's servers.
        pod.Write("programs/answers", string.Empty);
        return pod;
    }

    /// <summary>The receiver has three logs, the first with a:6-8, the second with a:9-10.</summary>
    private static void HasReceived(ScriptPod pod, string transactions)
    {
        var index = string.Empty;
        foreach (var (number, before) in (ReadOnlySpan<(int, string)>)[(1, ""), (2, "a:6-8"), (3, "a:6-10")])
        {
            var name = $"relay.{number.ToString("000000", CultureInfo.InvariantCulture)}";
            pod.Write($"volume/staging-relay/{name}", $"{name}\n");
            pod.Answers("*", $"EVENTS IN '{name}' LIMIT 2", $"{name}\t4\tFormat_desc\t9998\t126\tServer ver: 8.4.3\n{name}\t126\tPrevious_gtids\t9998\t200\t{before}");
            index += $"./{name}\n";
        }

        pod.Write("volume/staging-relay/relay.index", index);
        pod.Answers("*", "LAST_QUEUED_TRANSACTION", "2026-11-27T14:00:09.000000Z");
        pod.Answers("*", "SHOW REPLICA STATUS", $"Replica_IO_Running: Yes\nLast_IO_Errno: 0\nLast_IO_Error: \nRetrieved_Gtid_Set: {transactions}");
    }

    /// <summary>Of each log in the store its number, and what it is before it and with it.</summary>
    private static IEnumerable<string> Infos(ScriptPod pod) => pod.Files(Logs)
        .Where(file => file.Key.EndsWith(".info", StringComparison.Ordinal))
        .Select(file => $"{file.Key[..8]} {file.Value.Split("before ")[1].Split('\n')[0]} {file.Value.Split("after ")[1].Split('\n')[0]}");
}
