using Xunit;

namespace Tests.Infra;

/// <summary>What the primary's sidecar writes of the cluster's users, by users.sh and accounts.sh on both sets of scripts, and when.</summary>
public sealed class UsersTests
{
    private const string Statements = """load_secrets; identity_statements; for user in "${USERS[@]}"; do statements_of "$user"; done""";

    private const string Reconcile = "load_secrets; reconcile_users && echo done";

    private static readonly string[] Identity =
    [
        "CREATE TABLE IF NOT EXISTS mysql.cluster_identity (id CHAR(36) NOT NULL PRIMARY KEY, created DATETIME NOT NULL) ENGINE=InnoDB;",
        "INSERT INTO mysql.cluster_identity SELECT 'some-uuid', UTC_TIMESTAMP() FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM mysql.cluster_identity);",
    ];

    [Fact]
    public Task On_5_7_only_replication_logs_in_over_the_network_and_nobody_may_do_more_than_it_needs() => AssertStatementsAsync(
        "mysql-5.7",
        [
            .. Identity,
            .. UserOf57("replication", "%", "REPLICATION SLAVE, REPLICATION CLIENT/*M!100509 , SLAVE MONITOR */"),
            "GRANT SELECT ON mysql.cluster_identity TO 'replication'@'%';",
            .. UserOf57("health", "127.0.0.1", "REPLICATION CLIENT/*M!100509 , SLAVE MONITOR */"),
            .. UserOf57("backup", "127.0.0.1", "RELOAD, PROCESS, LOCK TABLES, REPLICATION CLIENT/*M!100509 , SLAVE MONITOR */"),
        ]);

    [Fact]
    public Task On_8_4_replication_and_backup_log_in_over_the_network_by_TLS_and_nobody_may_do_more_than_it_needs() => AssertStatementsAsync(
        "mysql-8.4",
        [
            .. Identity,
            .. UserOf84("replication", "%", "SSL", "REPLICATION SLAVE, REPLICATION CLIENT"),
            "GRANT SELECT ON mysql.cluster_identity TO 'replication'@'%';",
            .. UserOf84("health", "127.0.0.1", "NONE", "REPLICATION CLIENT, SERVICE_CONNECTION_ADMIN"),
            .. UserOf84("backup", "%", "SSL", "REPLICATION CLIENT, BACKUP_ADMIN"),
            "GRANT SELECT ON mysql.cluster_identity TO 'backup'@'%';",
            "GRANT SELECT ON performance_schema.replication_connection_status TO 'backup'@'%';",
        ]);

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task The_user_of_an_exporter_is_written_where_there_is_one(string profile)
    {
        string[] expected = profile == "mysql-5.7"
            ?
            [
                "CREATE USER IF NOT EXISTS 'metrics'@'127.0.0.1' IDENTIFIED BY 'metricspassword';",
                "ALTER USER 'metrics'@'127.0.0.1' IDENTIFIED BY 'metricspassword' WITH MAX_USER_CONNECTIONS 3;",
                "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'metrics'@'127.0.0.1';",
                "GRANT PROCESS, REPLICATION CLIENT/*M!100509 , SLAVE MONITOR */ ON *.* TO 'metrics'@'127.0.0.1';",
            ]
            :
            [
                "CREATE USER IF NOT EXISTS 'metrics'@'127.0.0.1' IDENTIFIED BY 'metricspassword';",
                """ALTER USER 'metrics'@'127.0.0.1' REQUIRE NONE WITH MAX_USER_CONNECTIONS 3 ATTRIBUTE '{"password": null}';""",
                "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'metrics'@'127.0.0.1';",
                "GRANT PROCESS, REPLICATION CLIENT, SERVICE_CONNECTION_ADMIN ON *.* TO 'metrics'@'127.0.0.1';",
                "CREATE OR REPLACE SQL SECURITY INVOKER VIEW mysql.own_transactions AS SELECT FROM_UNIXTIME(LEAST(COALESCE(SUM(interval_end - interval_start + 1), 0), 1000000)) AS ts, 1 AS server_id FROM mysql.gtid_executed WHERE source_uuid = (SELECT VARIABLE_VALUE FROM performance_schema.global_variables WHERE VARIABLE_NAME = 'server_uuid');",
                "GRANT SELECT ON mysql.own_transactions TO 'metrics'@'127.0.0.1';",
                "GRANT SELECT ON mysql.gtid_executed TO 'metrics'@'127.0.0.1';",
                "GRANT SELECT ON performance_schema.global_variables TO 'metrics'@'127.0.0.1';",
            ];
        using var pod = new ScriptPod(profile, 0);
        pod.HasExporter();

        var written = (await CallAsync(pod, Statements)).Output.TrimEnd().Split('\n');

        Assert.Equal(expected, written.SkipWhile(line => !line.StartsWith("CREATE USER IF NOT EXISTS 'metrics'", StringComparison.Ordinal)));
    }

    /// <summary>Somebody's own user of that name, who comes from elsewhere, is no reason to write.</summary>
    [Theory]
    [InlineData(false, "WHERE u.User IN ('replication', 'health', 'backup') ;")]
    [InlineData(true, "WHERE u.User IN ('replication', 'health', 'backup') OR u.User = 'metrics' AND u.Host = '127.0.0.1' ;")]
    public async Task The_user_of_an_exporter_is_looked_at_where_there_is_one(bool hasExporter, string condition)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        if (hasExporter)
        {
            pod.HasExporter();
        }

        Assert.EndsWith(condition, (await CallAsync(pod, "users_as_they_are")).Output.TrimEnd().Replace('\n', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task Users_that_are_as_they_should_be_are_not_written(string profile)
    {
        using var pod = await PodAsync(profile);
        pod.Answers("*", "SELECT 1;", "1");

        var run = await CallAsync(pod, Reconcile);

        Assert.Equal(("done\n", ""), (run.Output, run.Errors));
        Assert.Empty(Written(pod));
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task Users_that_differ_are_written_once_however_often_the_server_shows_them_otherwise(string profile)
    {
        using var pod = new ScriptPod(profile, 0);
        pod.Answers("root:rootpassword@127.0.0.1", "", "health elsewhere");

        var run = await CallAsync(pod, $"{Reconcile}; {Reconcile}; {Reconcile}");

        Assert.Equal(
            ["wrote the users replication health backup", "the users replication health backup were written, and the server still shows them otherwise"],
            run.Said);
        Assert.Equal("done\ndone\ndone\n", run.Output);
        Assert.Equal(3, Written(pod).Count());
    }

    [Fact]
    public async Task Users_that_could_not_be_written_are_written_again()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Answers("root:*", "CREATE USER", "ERROR 1290 (HY000) at line 2: running with the --read-only option");
        pod.Answers("root:*", "", "health elsewhere");

        var run = await CallAsync(pod, "load_secrets; reconcile_users || echo $USERS_ERROR; reconcile_users || echo $USERS_ERROR");

        const string Error = "ERROR 1290 (HY000) at line 2: running with the --read-only option\n";
        Assert.Equal((Error + Error, ""), (run.Output, run.Errors));
    }

    [Fact]
    public async Task A_password_that_the_policy_refuses_is_named_and_the_other_users_get_theirs()
    {
        using var pod = await PodAsync("mysql-8.4");
        pod.Answers("replication:*", "SELECT 1;", "ERROR 1045 (28000): Access denied");
        pod.Answers("backup:*", "SELECT 1;", "ERROR 1045 (28000): Access denied");
        pod.Answers("root:*", "CREATE USER IF NOT EXISTS 'replication'", "ERROR 1819 (HY000) at line 1: Your password does not satisfy the current policy requirements");
        pod.Answers("*", "", "");

        var run = await CallAsync(pod, "load_secrets; reconcile_users || echo $USERS_ERROR");

        Assert.Equal(
            "the server's policy refuses the Secret's password of replication (error 1819, see validate_password); the one before holds. Give the Secret one that the policy takes\n",
            run.Output);
        Assert.Equal(
            ["ALTER USER 'replication'@'%' IDENTIFIED BY 'replicationpassword' RETAIN CURRENT PASSWORD", "ALTER USER 'backup'@'%' IDENTIFIED BY 'backuppassword' RETAIN CURRENT PASSWORD"],
            pod.Calls.Select(call => call.Trim()).Where(call => call.StartsWith("ALTER USER '", StringComparison.Ordinal)).Select(call => call[..call.IndexOf(" REQUIRE", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_password_of_root_that_the_policy_refuses_is_named_and_the_work_goes_on_with_the_one_before()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        var should = (await CallAsync(pod, "load_secrets; users_as_they_should_be")).Output.TrimEnd();
        await CallAsync(pod, """root_statements before >"$ROOT_AT_START" """);
        pod.Answers("root:rootpassword@*", "", "ERROR 1045 (28000): Access denied");
        pod.Answers("root:before@*", "ALTER USER", "ERROR 1819 (HY000) at line 1: Your password does not satisfy the current policy requirements");
        pod.Answers("root:before@*", "FROM mysql.user", should);
        pod.Answers("*", "SELECT 1;", "1");

        var run = await CallAsync(pod, "load_secrets; reconcile_users || echo $USERS_ERROR");

        Assert.Equal(
            "the server's policy refuses the Secret's password of root (error 1819, see validate_password); the one before holds. Give the Secret one that the policy takes\n",
            run.Output);
        Assert.Contains("IDENTIFIED BY 'before'", pod.Read("conf.d/root-password.sql"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ERROR 3878 (HY000) at line 2: Empty password can not be retained", "")]
    [InlineData("ERROR 3894 (HY000) at line 2: Current password can not be retained", "")]
    [InlineData("ERROR 1290 (HY000) at line 2: read-only", " RETAIN CURRENT PASSWORD")]
    public async Task Where_a_password_cannot_be_kept_beside_the_new_one_it_ends_with_it(string error, string retain)
    {
        using var pod = await PodAsync("mysql-8.4");
        pod.Answers("backup:*", "SELECT 1;", "ERROR 1045 (28000): Access denied");
        pod.Answers("root:*", "IDENTIFIED BY 'backuppassword' RETAIN", error);
        pod.Answers("*", "", "");

        await CallAsync(pod, "load_secrets; reconcile_users || true; reconcile_users || true");

        Assert.Equal(
            $"ALTER USER 'backup'@'%' IDENTIFIED BY 'backuppassword'{retain} REQUIRE SSL",
            pod.Calls.Select(call => call.Trim()).Last(call => call.StartsWith("ALTER USER 'backup'", StringComparison.Ordinal)).Split(" ATTRIBUTE")[0]);
    }

    [Fact]
    public async Task A_user_that_is_not_there_yet_is_made_with_the_right_password_and_keeps_none_beside_it()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Answers("root:*", "", "");
        pod.Answers("*", "SELECT 1;", "ERROR 1045 (28000): Access denied");

        await CallAsync(pod, Reconcile);

        Assert.Equal(3, Written(pod).Count());
        Assert.DoesNotContain(pod.Calls, call => call.Contains("RETAIN", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("'backup'@'%'\n'root'@'%'", "", new[] { "backup@'%'", "root@'%'" })]
    [InlineData("'backup'@'%'\n'root'@'%'", " root", new[] { "backup@'%'" })]
    [InlineData("", "", new string[0])]
    public async Task Old_passwords_end_when_their_time_has_passed_and_what_the_Secret_has_stays(string accounts, string refused, string[] ended)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Answers("root:*", "additional_password", accounts);
        pod.Answers("root:*", "DISCARD OLD PASSWORD;", "");

        var run = await CallAsync(pod, $"load_secrets; REFUSED='{refused}'; discard_old_passwords");

        var users = ended.Select(account => account.Split('@')).Select(parts => (Name: parts[0], Account: $"'{parts[0]}'@{parts[1]}")).ToArray();
        Assert.Equal(users.Select(user => $"{user.Account}: the password of before is no longer taken"), run.Said);
        Assert.Equal(
            users.Select(user => $"ALTER USER {user.Account} IDENTIFIED BY '{user.Name}password'; ALTER USER {user.Account} DISCARD OLD PASSWORD;"),
            pod.Calls.Select(call => call.Trim()).Where(call => call.StartsWith("ALTER USER", StringComparison.Ordinal)));
        Assert.Contains("  AND (User, Host) IN (('root', '%'), ('root', 'localhost'), ('root', '127.0.0.1'), ('replication', '%'), ('health', '127.0.0.1'), ('backup', '%'));", pod.Calls);
        Assert.Contains(pod.Calls, call => call.EndsWith("AND password_last_changed < NOW() - INTERVAL 600 SECOND", StringComparison.Ordinal));
        // sql_mode ANSI takes what stands in double quotes for a name.
        Assert.DoesNotContain(pod.Calls, call => call.Contains('"', StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_that_are_as_they_should_be_are_not_written_with_one_that_is_refused()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        var should = (await CallAsync(pod, "load_secrets; users_as_they_should_be")).Output.TrimEnd();
        pod.Answers("root:*", "FROM mysql.user", should);
        pod.Answers("replication:*", "SELECT 1;", "ERROR 1045 (28000): Access denied");
        pod.Answers("root:*", "CREATE USER IF NOT EXISTS 'replication'", "ERROR 3638 (HY000) at line 2: Cannot use these credentials");
        pod.Answers("*", "", "");

        await CallAsync(pod, "load_secrets; reconcile_users || true; reconcile_users || true");

        Assert.DoesNotContain(pod.Calls, call => call.Contains("'health'@", StringComparison.Ordinal) && call.Contains("GRANT", StringComparison.Ordinal));
        Assert.Contains(pod.Calls, call => call.Contains("ALTER USER 'replication'@'%' IDENTIFIED BY", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_a_login_shows_that_a_password_is_wrong_the_users_are_written()
    {
        using var pod = await PodAsync("mysql-8.4");
        pod.Answers("backup:*", "SELECT 1;", "ERROR 1045 (28000): Access denied");
        pod.Answers("*", "", "");

        var run = await CallAsync(pod, Reconcile);

        Assert.Equal(["the server refuses the password of the user backup", "wrote the users replication health backup"], run.Said);
    }

    [Fact]
    public async Task Logins_are_tried_at_first_and_then_every_fifteenth_time()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);

        await CallAsync(pod, "load_secrets; sql() { echo $i $1 $2 >>\"$VOLUME/logins\"; }; for i in {1..30}; do users_can_log_in; done");

        Assert.Equal(
            "1 replication 127.0.0.1,1 health 127.0.0.1,1 backup 127.0.0.1,16 replication 127.0.0.1,16 health 127.0.0.1,16 backup 127.0.0.1,",
            pod.Read("volume/logins").Replace('\n', ','));
    }

    [Fact]
    public async Task A_password_that_changed_is_tried_at_once()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);

        await CallAsync(
            pod,
            "load_secrets; sql() { echo $i $1 >>\"$VOLUME/logins\"; }; for i in {1..3}; do users_can_log_in; done; PASSWORD[backup]=new; for i in {4..6}; do users_can_log_in; done");

        Assert.Equal("1 replication,1 health,1 backup,4 replication,4 health,4 backup,", pod.Read("volume/logins").Replace('\n', ','));
    }

    [Fact]
    public async Task What_an_earlier_version_noted_beside_a_password_is_taken_away()
    {
        using var pod = await PodAsync("mysql-8.4");
        var should = (await CallAsync(pod, "load_secrets; users_as_they_should_be")).Output.TrimEnd();
        pod.Write("programs/answers", string.Empty);
        pod.Answers("root:*", "FROM mysql.user", should.Replace("backup % -", "backup % 0123abcd", StringComparison.Ordinal));
        pod.Answers("*", "", "");

        Assert.Equal(["wrote the users replication health backup"], (await CallAsync(pod, Reconcile)).Said);
    }

    [Fact]
    public async Task A_server_that_still_has_the_password_of_its_start_is_given_the_new_one()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        await CallAsync(pod, """root_statements before >"$ROOT_AT_START" """);
        pod.Answers("root:rootpassword@*", "", "ERROR 1045 (28000): Access denied");
        pod.Answers("root:before@127.0.0.1", "ALTER USER IF EXISTS 'root'@'%' IDENTIFIED BY 'rootpassword' RETAIN CURRENT PASSWORD;", "");

        var run = await CallAsync(pod, Reconcile);

        Assert.Equal(["root has the Secret's new password"], run.Said);
        Assert.Equal("done\n", run.Output);
    }

    [Theory]
    [InlineData("rootpassword", "ERROR 1045 (28000): Access denied", 1)]
    [InlineData("before", "ERROR 1045 (28000): Access denied", 2)]
    [InlineData("before", "ERROR 2003 (HY000): Can't connect", 1)]
    public async Task A_root_that_is_not_let_in_is_told_and_the_password_of_the_start_is_tried_only_after_a_refusal(
        string atStart, string error, int logins)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        await CallAsync(pod, $"""root_statements {atStart} >"$ROOT_AT_START" """);
        pod.Answers("root:*", "", error);

        var run = await CallAsync(pod, "load_secrets; reconcile_users || echo $USERS_ERROR");

        Assert.Equal($"{error}\n", run.Output);
        Assert.Equal(logins, pod.CallsOf("mysql").Count());
    }

    [Fact]
    public async Task The_statements_of_the_next_start_follow_the_Secret_by_one_rename()
    {
        using var pod = await PodAsync("mysql-8.4");
        pod.Answers("*", "SELECT 1;", "1");
        await CallAsync(pod, """root_statements before >"$ROOT_AT_START" """);

        await CallAsync(pod, $"umask 000; {Reconcile}; {Reconcile}");

        Assert.Equal(
            "0600 ALTER USER IF EXISTS 'root'@'%' IDENTIFIED BY 'rootpassword';\nALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY 'rootpassword';\n"
                + "ALTER USER IF EXISTS 'root'@'127.0.0.1' IDENTIFIED BY 'rootpassword';\n"
                + "ALTER USER IF EXISTS 'root'@'%' DISCARD OLD PASSWORD;\nALTER USER IF EXISTS 'root'@'localhost' DISCARD OLD PASSWORD;\nALTER USER IF EXISTS 'root'@'127.0.0.1' DISCARD OLD PASSWORD;\n",
            pod.Files("conf.d")["root-password.sql"]);
        Assert.Equal(["mv -T /conf.d/root-password.sql.new /conf.d/root-password.sql"], pod.CallsOf("mv"));
    }

    private static string[] UserOf57(string user, string host, string grants) => StatementsOf(user, host, $" IDENTIFIED BY '{user}password'", grants);

    private static string[] UserOf84(string user, string host, string tls, string grants) =>
        StatementsOf(user, host, $$""" REQUIRE {{tls}} ATTRIBUTE '{"password": null}'""", grants);

    private static string[] StatementsOf(string user, string host, string options, string grants) =>
    [
        $"CREATE USER IF NOT EXISTS '{user}'@'{host}' IDENTIFIED BY '{user}password';",
        $"ALTER USER '{user}'@'{host}'{options};",
        $"REVOKE ALL PRIVILEGES, GRANT OPTION FROM '{user}'@'{host}';",
        $"GRANT {grants} ON *.* TO '{user}'@'{host}';",
    ];

    private static async Task AssertStatementsAsync(string profile, string[] statements)
    {
        using var pod = new ScriptPod(profile, 0);
        Assert.Equal(statements, (await CallAsync(pod, Statements)).Output.TrimEnd().Split('\n'));
    }

    /// <summary>A primary whose server shows the users as they should be, in another order.</summary>
    private static async Task<ScriptPod> PodAsync(string profile)
    {
        var pod = new ScriptPod(profile, 0);
        var should = (await CallAsync(pod, "load_secrets; users_as_they_should_be | tac")).Output.TrimEnd();
        pod.Answers("root:rootpassword@127.0.0.1", "FROM mysql.user", should);
        return pod;
    }

    private static Task<ScriptRun> CallAsync(ScriptPod pod, string commands) => pod.CallAsync("lib.sh users.sh", commands);

    private static IEnumerable<string> Written(ScriptPod pod) =>
        pod.Calls.Select(call => call.TrimStart()).Where(call => call.StartsWith("CREATE USER", StringComparison.Ordinal));
}
