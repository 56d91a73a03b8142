using Xunit;

namespace Tests.Infra;

/// <summary>The functions of lib.sh, which every other script stands on.</summary>
public sealed class ScriptLibraryTests : IDisposable
{
    private readonly ScriptPod pod = new("mysql-8.4", 1);

    public void Dispose() => pod.Dispose();

    [Fact]
    public async Task A_line_of_the_log_has_a_time_in_utc_the_script_and_a_sentence()
    {
        pod.Environment["TZ"] = "Asia/Tokyo";
        var before = DateTime.UtcNow.AddSeconds(-1);

        var run = await CallAsync("log two words");

        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z bash: two words\n$", run.Errors);
        Assert.InRange(DateTimeOffset.Parse(run.Errors.Split(' ')[0], null).UtcDateTime, before, DateTime.UtcNow);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("0", "wait")]
    [InlineData("0 9", "wait")]
    [InlineData("0 9 10", "wait|wait (10 s so far)")]
    [InlineData("0 10 19 25", "wait|wait (10 s so far)|wait (25 s so far)")]
    [InlineData("0 30", "wait|wait (30 s so far)")]
    [InlineData("0 31 41", "wait|wait|wait (10 s so far)")]
    public async Task A_wait_is_told_at_once_and_then_every_ten_seconds_until_it_was_not_said_for_half_a_minute(string seconds, string said) =>
        // As a plain variable, SECONDS stands still.
        Assert.Equal(said.Split('|'), (await CallAsync($"unset SECONDS; for SECONDS in {seconds}; do log_wait wait; done")).Said);

    [Fact]
    public async Task Each_wait_has_a_time_of_its_own_and_the_last_is_remembered()
    {
        var run = await CallAsync("unset SECONDS; SECONDS=0; log_wait one; SECONDS=5; log_wait two; SECONDS=10; log_wait one; log_wait two; echo $LAST_WAIT");
        Assert.Equal(["one", "two", "one (10 s so far)"], run.Said);
        Assert.Equal("two\n", run.Output);
    }

    [Fact]
    public async Task A_failure_says_why_and_ends_the_script()
    {
        var run = await CallAsync("fail no way; echo on");
        Assert.Equal((1, "", "no way"), (run.ExitCode, run.Output, Assert.Single(run.Said)));
    }

    [Theory]
    [InlineData("mysql-0", "mysql", "0", "primary.cnf", "yes")]
    [InlineData("mysql-10", "mysql", "10", "replica.cnf", "no")]
    [InlineData("my-sql-2-100", "my-sql-2", "100", "replica.cnf", "no")]
    public async Task A_host_name_has_the_set_s_name_and_the_ordinal(string name, string set, string ordinal, string role, string primary)
    {
        pod.Environment["HOSTNAME"] = name;
        var run = await CallAsync("""echo "$POD_BASE|$ORDINAL|$(role_config)|$(is_primary && echo yes || echo no)|$(peer_host 7)" """);
        Assert.Equal($"{set}|{ordinal}|{role}|{primary}|{set}-7.mysql\n", run.Output);
    }

    [Fact]
    public async Task A_file_is_written_whole_under_another_name_that_nobody_else_can_read_and_gets_its_mode_before_its_name()
    {
        pod.Write("conf.d/a.cnf", "before");
        pod.Write("conf.d/a.cnf.new", "what a killed run left, and longer");

        var run = await CallAsync("""
            chmod() { printf '%s %s over %s\n' "$(stat -c '%a %s' "$2")" "$*" "$(<"$CONFIGURATION/a.cnf")"; command chmod "$@"; }
            umask 000
            write_file "$CONFIGURATION/a.cnf" 0644 <<<after
            """);

        Assert.Equal("600 6 0644 /conf.d/a.cnf.new over before\n", run.Output);
        Assert.Equal(["mv -T /conf.d/a.cnf.new /conf.d/a.cnf"], pod.Calls);
        Assert.Equal(new SortedDictionary<string, string> { ["a.cnf"] = "0644 after\n" }, pod.Files("conf.d"));
    }

    [Theory]
    [InlineData("cat")]
    [InlineData("chmod")]
    public async Task A_file_that_cannot_be_written_whole_stays_as_it_was(string step)
    {
        pod.Write("conf.d/a.cnf", "before");
        var run = await CallAsync($$"""{{step}}() { return 1; }; if write_file "$CONFIGURATION/a.cnf" 0644 <<<after; then echo written; fi""");
        Assert.Empty(run.Output);
        Assert.Equal("before", pod.Read("conf.d/a.cnf"));
    }

    [Fact]
    public async Task Passwords_are_read_anew_each_time()
    {
        var run = await CallAsync("""
            load_secrets && echo "${PASSWORD[root]} ${PASSWORD[replication]} ${PASSWORD[health]} ${PASSWORD[backup]}"
            echo another >"$CREDENTIALS/backup-password"
            load_secrets && echo "${PASSWORD[backup]}"
            rm "$CREDENTIALS/health-password"
            load_secrets || echo missing
            """);
        Assert.Equal("rootpassword replicationpassword healthpassword backuppassword\nanother\nmissing\n", run.Output);
        Assert.Equal(["the Secret has no readable health-password"], run.Said);
    }

    [Theory]
    [InlineData("health 127.0.0.1", "user=health\npassword=healthpassword\nhost=127.0.0.1\nport=33062\n")]
    [InlineData("root 127.0.0.1", "user=root\npassword=rootpassword\nhost=127.0.0.1\nport=33062\n")]
    [InlineData("backup 127.0.0.1", "user=backup\npassword=backuppassword\nhost=127.0.0.1\nport=3306\n")]
    [InlineData("root mysql-2.mysql other", "user=root\npassword=other\nhost=mysql-2.mysql\nport=3306\n")]
    public async Task A_client_is_told_who_it_is_by_an_option_file(string arguments, string options) =>
        Assert.Equal($"[client]\n{options}", (await CallAsync($"load_secrets; client_options {arguments}")).Output);

    [Fact]
    public async Task A_client_uses_the_port_that_the_pod_is_told()
    {
        pod.Environment["MYSQL_PORT"] = "3310";
        Assert.EndsWith("\nport=3310\n", (await CallAsync("load_secrets; client_options health mysql-2.mysql")).Output, StringComparison.Ordinal);
        pod.Environment["MYSQL_PORT"] = null;
        Assert.EndsWith("\nport=3306\n", (await CallAsync("load_secrets; client_options health mysql-2.mysql")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Statements_go_to_the_client_by_its_input_and_the_password_by_a_pipe()
    {
        pod.Answers("root:rootpassword@mysql-0.mysql", "SELECT 1", "1");

        var run = await CallAsync("load_secrets; sql root mysql-0.mysql <<<'SELECT 1;'; sql root mysql-0.mysql --vertical <<<'SELECT 1;'");

        Assert.Equal("1\n1\n", run.Output);
        Assert.Equal(
            [
                "mysql root@mysql-0.mysql --connect-timeout=3 --batch --skip-column-names", "  SELECT 1;",
                "mysql root@mysql-0.mysql --connect-timeout=3 --batch --vertical", "  SELECT 1;",
            ],
            pod.Calls);
    }

    [Theory]
    [InlineData("", "at most 60")]
    [InlineData("SQL_SECONDS=5;", "at most 5")]
    [InlineData("SQL_SECONDS='';", "")]
    public async Task A_server_that_does_not_answer_counts_as_gone_after_a_while(string set, string limit)
    {
        pod.Answers("root:*", "", "");
        var run = await CallAsync($$"""timeout() { echo "at most $1"; }; load_secrets; {{set}} sql root 127.0.0.1 <<<'SELECT 1;'""");
        Assert.Equal(limit, run.Output.TrimEnd());
    }

    [Fact]
    public async Task Of_what_a_client_says_on_failure_only_errors_are_kept_and_its_exit_code()
    {
        pod.Answers("root:*", "", "ERROR 1064 (42000) at line 1: You have an error\nCREATE USER a IDENTIFIED BY 'secret'\nERROR 2013 (HY000): Lost connection");
        var run = await CallAsync("load_secrets; sql root 127.0.0.1 <<<'SELECT 1;' || echo failed");
        Assert.Equal("failed\n", run.Output);
        Assert.Equal("ERROR 1064 (42000) at line 1: You have an error\nERROR 2013 (HY000): Lost connection\n", run.Errors);
    }

    [Theory]
    [InlineData("mysql-8.4", "Source_Host: a\n Replica_IO_Running: Yes")]
    [InlineData("mysql-5.7", "Master_Host: a\n Slave_IO_Running: Yes")]
    public async Task Fields_have_the_names_of_today_whatever_the_server_calls_them(string profile, string answer)
    {
        using var other = new ScriptPod(profile, 1);
        var run = await other.CallAsync("lib.sh", $$"""read_fields <<<'{{answer}}'; echo "${FIELD[Source_Host]} ${FIELD[Replica_IO_Running]}" """);
        Assert.Equal("a Yes\n", run.Output);
    }

    [Fact]
    public async Task Of_fields_of_one_name_the_first_counts_and_values_stay_as_they_are()
    {
        var run = await CallAsync("""
            FIELD[Gone]=x
            read_fields <<<'*************************** 1. row ***************************
                     Empty:
                Last_Error: error: "1, 2": no
                Last_Error: another
            no field'
            for name in "${!FIELD[@]}"; do echo "$name=${FIELD[$name]}"; done | sort
            """);
        Assert.Equal("Empty=\nLast_Error=error: \"1, 2\": no\n", run.Output);
    }

    [Theory]
    [InlineData(null, "empty")]
    [InlineData("", "empty")]
    [InlineData("ibdata1 .hidden", "it holds files but no system tables (.hidden ibdata1)")]
    [InlineData("lost+found/", "it holds files but no system tables (lost+found)")]
    [InlineData("mysql", "it holds files but no system tables (mysql)")]
    [InlineData("mysql/ ibdata1 ibtmp1", "it is part of a copy: no server has ever run on it")]
    [InlineData("mysql/ auto.cnf", "complete")]
    [InlineData("mysql/ ib_logfile0", "complete")]
    [InlineData("mysql/ data-of-pod", "complete")]
    [InlineData("mysql/ xtrabackup_checkpoints=full-prepared", "complete")]
    [InlineData("mysql/ xtrabackup_checkpoints=full-backuped", "it is a backup that was never prepared (xtrabackup_checkpoints says so)")]
    [InlineData("mysql/ auto.cnf xtrabackup_checkpoints=log-backuped", "it is a backup that was never prepared (xtrabackup_checkpoints says so)")]
    public async Task A_data_directory_is_empty_or_complete_or_is_described(string? entries, string state)
    {
        if (entries is not null)
        {
            Directory.CreateDirectory(pod.Path("volume/mysql"));
        }

        foreach (var entry in entries?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (entry.EndsWith('/'))
            {
                Directory.CreateDirectory(pod.Path($"volume/mysql/{entry}"));
            }
            else
            {
                pod.Write($"volume/mysql/{entry.Split('=')[0]}", entry.Contains('=') ? $"backup_type = {entry.Split('=')[1]}\nfrom_lsn = 0\n" : string.Empty);
            }
        }

        var run = await CallAsync("""data_state "$VOLUME_DATA" """);

        Assert.Equal($"{state}\n", run.Output);
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task A_note_in_the_data_names_its_pod_and_is_written_once()
    {
        var run = await CallAsync("""
            echo "<$(owner_of "$VOLUME")>"
            note_owner "$VOLUME"; note_owner "$VOLUME"
            echo "<$(owner_of "$VOLUME")>"
            HOSTNAME=mysql-2; note_owner "$VOLUME"
            """);
        Assert.Equal("<>\n<mysql-1>\n", run.Output);
        Assert.Equal(2, pod.Calls.Count);
        Assert.Equal(new SortedDictionary<string, string> { ["data-of-pod"] = "0640 mysql-2\n" }, pod.Files("volume"));
    }

    [Theory]
    [InlineData(false, "sync --file-system /volume")]
    [InlineData(true, "sync ")]
    public async Task Only_the_volume_s_own_disk_is_waited_for_where_sync_can_do_that(bool old, string call)
    {
        if (old)
        {
            pod.Write("programs/sync.old", string.Empty);
        }

        await CallAsync("flush \"$VOLUME\"");
        Assert.Equal([call], pod.Calls);
    }

    [Fact]
    public async Task A_digest_is_sha256_in_hex() => Assert.Equal(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", (await CallAsync("printf abc | digest")).Output);

    private Task<ScriptRun> CallAsync(string commands) => pod.CallAsync("lib.sh", commands);
}
