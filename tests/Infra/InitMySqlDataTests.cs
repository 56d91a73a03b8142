using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Tests.Infra;

/// <summary>
/// What init-mysql.sh makes of the volume that it finds, on both sets of scripts: what it keeps, what it does not touch, and when an empty ordinal 0
/// is a new cluster. The faults F16 and F23 show the same on real servers.
/// </summary>
public sealed class InitMySqlDataTests
{
    private const string Own = "10.0.0.10";

    // Where a server of another pod may answer, here as everywhere.
    private const string Peer = "127.0.0.1";

    private const string NotPrepared = "it is a backup that was never prepared (xtrabackup_checkpoints says so)";

    private const string CannotApply =
        "this data had received transactions that cannot be applied: error 1062: twice. Way out: give this claim another replica's data; or give those transactions up: "
        + "kubectl exec mysql-0 -c init-mysql -- touch /volume/give-up-received";

    private const string EverythingIsGone =
        "this volume is empty and no other pod exists, but the cluster has had data (ConfigMap mysql-initialised), so nothing is initialised. Give the claim of "
        + "mysql-0 a volume with that data, its own or a copy of a replica's. Or begin with nothing: kubectl exec mysql-0 -c init-mysql -- touch /volume/begin-anew";

    private static readonly string[] RootStatements =
    [
        "  SET SESSION sql_log_bin = 0;",
        "  ALTER USER IF EXISTS 'root'@'%' IDENTIFIED BY 'rootpassword';",
        "  ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY 'rootpassword';",
        "  ALTER USER IF EXISTS 'root'@'127.0.0.1' IDENTIFIED BY 'rootpassword';",
    ];

    [Theory]
    [InlineData("mysql-5.7", "master.cnf", "skip-slave-start", false)]
    [InlineData("mysql-8.4", "primary.cnf", "skip-replica-start", false)]
    [InlineData("mysql-8.4", "primary.cnf", "skip-replica-start", true)]
    public async Task An_empty_ordinal_0_that_is_alone_begins_a_cluster_by_one_rename(string profile, string role, string hold, bool mounted)
    {
        using var pod = Alone(profile);
        if (mounted)
        {
            // The kubelet makes the directory that another container mounts.
            Directory.CreateDirectory(pod.Path("volume/mysql"));
        }

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["initialising the first data of the cluster", "initialised"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                $"mysqld --defaults-file=/conf.d/{role} --server-id=100 --datadir=/volume/staging-init --event-scheduler={(profile == "mysql-5.7" ? "OFF" : "DISABLED")} --skip-log-bin --initialize-insecure",
                "mv -T /temporary/x/root.sql.new /temporary/x/root.sql",
                $"mysqld --defaults-file=/conf.d/{role} --server-id=100 --datadir=/volume/staging-init --event-scheduler={(profile == "mysql-5.7" ? "OFF" : "DISABLED")} --skip-log-bin --innodb-flush-log-at-trx-commit=0"
                    + $" --skip-networking --{hold} --init-file=/temporary/x/root.sql --socket=/temporary/x/mysqld.sock --pid-file=/temporary/x/mysqld.pid",
                .. RootStatements,
                "mysqladmin --no-defaults --socket=/temporary/x/mysqld.sock --connect-timeout=2 ping",
                .. Directory.Exists("/usr/share/zoneinfo") ? ["mysql root@localhost mysql", "  "] : Array.Empty<string>(),
                "mysql root@localhost",
                "  CREATE USER 'root'@'%' IDENTIFIED BY 'rootpassword';",
                "  GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;",
                "  CREATE TABLE IF NOT EXISTS mysql.cluster_identity (id CHAR(36) NOT NULL PRIMARY KEY, created DATETIME NOT NULL) ENGINE=InnoDB;",
                "  INSERT INTO mysql.cluster_identity SELECT 'some-uuid', UTC_TIMESTAMP() FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM mysql.cluster_identity);",
                "mv -T /volume/staging-init/data-of-pod.new /volume/staging-init/data-of-pod",
                "sync --file-system /volume",
                "mv -T /volume/staging-init /volume/mysql",
                "sync --file-system /volume",
            ],
            pod.Calls.SkipWhile(call => !call.StartsWith("mysqld", StringComparison.Ordinal)));
        Assert.Equal([pod.Path("volume/mysql")], Directory.EnumerateFileSystemEntries(pod.Path("volume")));
        Assert.Equal("0750", pod.Mode("volume/mysql"));
        Assert.Equal(["auto.cnf", "data-of-pod", "mysql/user.ibd"], pod.Files("volume/mysql").Keys);
        Assert.Equal("0640 mysql-0\n", pod.Files("volume/mysql")["data-of-pod"]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_volume_that_the_container_s_user_cannot_use_is_named_before_anything_is_touched(int ordinal)
    {
        using var pod = new ScriptPod("mysql-8.4", ordinal);
        pod.HasData($"mysql-{ordinal}");
        pod.Write("volume/staging-init/half", "of an earlier run");
        var before = pod.Files("volume");
        pod.Says("find", "/mnt/data/mysql/auto.cnf (of user 0, mode 640)");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("the user of this container, 999, cannot use /mnt/data/mysql/auto.cnf (of user 0, mode 640)", Assert.Single(run.Said), StringComparison.Ordinal);
        Assert.Contains($"Nothing was changed. Way out: give the volume of the claim data-mysql-{ordinal} to it,", run.Said[0], StringComparison.Ordinal);
        Assert.Equal(["mysql", "staging-init"], pod.CallsOf("find").Select(call => Path.GetFileName(call.Split(' ')[1])).SkipLast(1));
        Assert.StartsWith("find /volume -maxdepth 0 ", pod.CallsOf("find").Last(), StringComparison.Ordinal);
        Assert.Equal(before, pod.Files("volume"));
        Assert.Empty(pod.Files("conf.d"));
    }

    /// <summary>Whoever gave the volume to root then would take it from the server.</summary>
    [Fact]
    public async Task Root_without_its_rights_is_told_what_the_pod_s_settings_lack()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Environment["USER_ID"] = "0";
        pod.HasData("mysql-1");
        pod.Says("find", "/mnt/data/mysql/auto.cnf (of user 999, mode 640)");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            ["these containers run as root without root's rights: Pod.SecurityContext needs RunAsUser, RunAsGroup and FsGroup, too (999 for the images of this library). Nothing was changed."],
            run.Said);
        Assert.Equal(1, run.ExitCode);
    }

    [Theory]
    [InlineData("mysqld.fails", "", "mysqld --initialize-insecure failed; the last lines of its report stand above")]
    [InlineData("mysqld.code", "1", "the scratch server did not stop cleanly; the last lines of its report stand above")]
    public async Task First_data_that_a_server_did_not_finish_is_not_taken_into_use(string trouble, string how, string said)
    {
        using var pod = Alone("mysql-8.4");
        pod.Write($"programs/{trouble}", how);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(said, run.Said[^1]);
        Assert.Equal(1, run.ExitCode);
        Assert.False(Directory.Exists(pod.Path("volume/mysql")));
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));
    }

    [Fact]
    public async Task An_empty_ordinal_0_of_5_7_stops_where_another_pod_s_server_answers()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        using var pod = Beside(server, "mysql-5.7");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            [
                "this volume is empty, but mysql-2.mysql (127.0.0.1) exists: the primary's data is lost, and the other pods may hold it. Nothing was "
                + "initialised. Way out: scale the StatefulSet to 0; give mysql-0 its old volume back, or copy the directory mysql/ of the most advanced "
                + "replica's volume onto this one; scale up again. To begin anew WITHOUT that data: scale to 0, remove the claims of all pods, scale up, and do what init-mysql then says.",
            ],
            run.Said.Skip(1));
        Assert.Equal(1, run.ExitCode);
        AssertNothingWasMade(pod);
    }

    [Fact]
    public async Task An_empty_ordinal_0_of_8_4_leaves_its_data_to_come_from_the_others_where_another_pod_s_server_answers()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        using var pod = Beside(server, "mysql-8.4");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            ["this volume is empty, but mysql-2.mysql (127.0.0.1) exists: the primary's data is lost; it comes back from the other pods"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        AssertNothingWasMade(pod);
    }

    [Fact]
    public async Task A_peer_that_is_listed_to_the_end_counts_though_nobody_answers()
    {
        using var pod = BesideNobody();
        pod.Environment["STALE_RECORD_SECONDS"] = "0";

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            ["this volume is empty, but mysql-2.mysql (127.0.0.1) exists: the primary's data is lost; it comes back from the other pods"], run.Said.Skip(1));
        AssertNothingWasMade(pod);
    }

    [Fact]
    public async Task A_record_that_goes_while_nobody_answers_was_of_a_pod_that_is_gone()
    {
        using var pod = BesideNobody();
        pod.ResolvesLater("mysql", Own);
        pod.ResolvesLater("mysql-0", Own);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            [
                "this volume is empty, but mysql-2.mysql (127.0.0.1) is listed; nobody answers there, so that it may be gone; looking again for 75 s",
                "initialising the first data of the cluster",
                "initialised",
            ],
            run.Said.Skip(1));
        Assert.Single(pod.Calls, "sleep 2");
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task An_empty_ordinal_0_without_any_other_pod_is_no_new_cluster_once_it_has_begun(string profile)
    {
        using var pod = Alone(profile);
        pod.Write("initialised/initialised", "true");
        pod.Environment["SEED_TIMEOUT_SECONDS"] = "1";

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.NotEmpty(run.Said.Skip(1));
        Assert.All(run.Said.Skip(1), said => Assert.Equal(EverythingIsGone, said));
        Assert.Equal(1, run.ExitCode);
        AssertNothingWasMade(pod);
    }

    [Fact]
    public async Task Where_a_person_gives_everything_up_it_begins_anew_and_the_word_holds_once()
    {
        using var pod = Alone("mysql-8.4");
        pod.Write("initialised/initialised", "true");
        pod.Write("volume/begin-anew", string.Empty);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["initialising the first data of the cluster", "initialised"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal([pod.Path("volume/mysql")], Directory.EnumerateFileSystemEntries(pod.Path("volume")));
    }

    [Fact]
    public async Task Where_another_pod_turns_up_meanwhile_its_data_is_the_cluster_s()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        using var pod = Beside(server, "mysql-8.4");
        pod.Write("initialised/initialised", "true");
        pod.ResolvesLater("mysql", Own, "127.0.0.1");
        pod.ResolvesLater("mysql-0", Own);
        pod.ResolvesLater("mysql-2.mysql", "127.0.0.1");
        pod.Resolves("mysql", Own);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            [EverythingIsGone, "this volume is empty, but mysql-2.mysql (127.0.0.1) exists: the primary's data is lost; it comes back from the other pods"],
            run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        AssertNothingWasMade(pod);
    }

    [Fact]
    public async Task While_the_service_does_not_list_this_pod_that_nobody_else_is_listed_means_nothing()
    {
        using var pod = new ScriptPod("mysql-8.4", 0) { Environment = { ["GUARD_TIMEOUT_SECONDS"] = "0" } };
        pod.Resolves("mysql-0", Own);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            [
                "this volume is empty, and after 0 s the name mysql does not list this pod, so it cannot be seen whether other pods hold data. Nothing was "
                + "initialised. Check the cluster's DNS and the headless Service mysql (it must publish addresses that are not ready).",
            ],
            run.Said.Skip(1));
        Assert.Equal(1, run.ExitCode);
        AssertNothingWasMade(pod);
    }

    [Fact]
    public async Task That_the_service_lists_this_pod_is_waited_for()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Resolves("mysql-0", Own);
        pod.ResolvesLater("mysql-0", Own);
        pod.ResolvesLater("mysql", Own);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["waiting for the name mysql to list this pod", "initialising the first data of the cluster", "initialised"], run.Said.Skip(1));
    }

    [Theory]
    [InlineData("mysql-5.7")]
    [InlineData("mysql-8.4")]
    public async Task An_empty_replica_is_left_empty_for_its_data_to_come(string profile)
    {
        using var pod = new ScriptPod(profile, 1);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(0, run.ExitCode);
        AssertNothingWasMade(pod);
    }

    [Theory]
    [InlineData(0, "ibdata1", "", "it holds files but no system tables (ibdata1)")]
    [InlineData(1, "ibdata1", "", "it holds files but no system tables (ibdata1)")]
    [InlineData(1, "lost+found/x", "", "it holds files but no system tables (lost+found)")]
    [InlineData(0, "mysql/user.ibd", "half", "it is part of a copy: no server has ever run on it")]
    [InlineData(1, "mysql/user.ibd", "half", "it is part of a copy: no server has ever run on it")]
    [InlineData(0, "mysql/user.ibd xtrabackup_checkpoints", "backup_type = full-backuped\n", NotPrepared)]
    [InlineData(1, "mysql/user.ibd xtrabackup_checkpoints", "backup_type = full-backuped\n", NotPrepared)]
    public async Task Data_that_no_server_could_run_on_is_not_touched(int ordinal, string files, string text, string what)
    {
        using var pod = new ScriptPod("mysql-8.4", ordinal);
        foreach (var file in files.Split(' '))
        {
            pod.Write($"volume/mysql/{file}", text);
        }

        var volume = pod.Files("volume");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            [$"the directory mysql/ of the volume is not usable: {what}. It is not touched. Way out: move it away on the volume; a replica then seeds afresh."],
            run.Said.Skip(1));
        Assert.Equal(1, run.ExitCode);
        Assert.Equal(volume, pod.Files("volume"));
        AssertNoServerRan(pod);
    }

    [Theory]
    [InlineData("mysql-1")]
    [InlineData("mysql-2")]
    public async Task A_replica_that_is_to_be_seeded_again_is_left_to_that_whatever_its_data_is(string owner)
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasData(owner, root: "another");
        pod.Write("volume/mysql/reseed", string.Empty);
        var volume = pod.Files("volume");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["this data will be thrown away, as reseed asks; nothing else is done with it"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(volume, pod.Files("volume"));
        AssertNoServerRan(pod);
    }

    [Fact]
    public async Task Half_a_copy_that_is_to_be_seeded_again_is_no_failure()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.Write("volume/mysql/mysql/user.ibd", "half");
        pod.Write("volume/mysql/reseed", string.Empty);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["this data will be thrown away, as reseed asks; nothing else is done with it"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
    }

    [Fact]
    public async Task The_primary_is_never_seeded_again()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.HasData("mysql-0");
        pod.Write("volume/mysql/reseed", string.Empty);
        var volume = pod.Files("volume");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["the volume holds data; it is kept"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(volume, pod.Files("volume"));
        AssertNoServerRan(pod);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_pod_s_own_data_keeps_its_uuid(int ordinal)
    {
        using var pod = new ScriptPod("mysql-8.4", ordinal);
        pod.HasData($"mysql-{ordinal}");
        var volume = pod.Files("volume");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["the volume holds data; it is kept"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(volume, pod.Files("volume"));
        AssertNoServerRan(pod);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Data_of_other_makers_is_adopted_with_its_uuid(int ordinal)
    {
        using var pod = new ScriptPod("mysql-8.4", ordinal);
        pod.HasData(owner: null);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["the volume holds data; it is kept"], run.Said.Skip(1));
        Assert.Equal("0644 the old uuid\n", pod.Files("volume/mysql")["auto.cnf"]);
        Assert.Equal($"0640 mysql-{ordinal}\n", pod.Files("volume/mysql")["data-of-pod"]);
        AssertNoServerRan(pod);
    }

    [Fact]
    public async Task A_replica_that_got_another_pod_s_volume_gets_a_uuid_of_its_own()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasData("mysql-2");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            ["the volume holds data; it is kept", "this data was mysql-2's; from now on it is mysql-1's, with a server uuid of its own"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(["data-of-pod", "mysql/user.ibd", "root-password.digest"], pod.Files("volume/mysql").Keys);
        Assert.Equal("0640 mysql-1\n", pod.Files("volume/mysql")["data-of-pod"]);
        AssertNoServerRan(pod);
    }

    [Theory]
    [InlineData("mysql-5.7", "master.cnf", "skip-slave-start", "STOP SLAVE;|RESET SLAVE ALL;|DROP TABLE IF EXISTS mysql.cluster_identity;|"
        + "CREATE TABLE IF NOT EXISTS mysql.cluster_identity (id CHAR(36) NOT NULL PRIMARY KEY, created DATETIME NOT NULL) ENGINE=InnoDB;|"
        + "INSERT INTO mysql.cluster_identity SELECT 'some-uuid', UTC_TIMESTAMP() FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM mysql.cluster_identity);")]
    [InlineData("mysql-8.4", "primary.cnf", "skip-replica-start", "STOP REPLICA;|RESET REPLICA ALL;")]
    public async Task A_replica_s_data_that_was_given_to_ordinal_0_forgets_whom_it_followed(string profile, string role, string hold, string statements)
    {
        using var pod = new ScriptPod(profile, 0);
        pod.HasData("mysql-2", root: null);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(
            [
                "the volume holds data; it is kept",
                "this data was mysql-2's; from now on it is mysql-0's, with a server uuid of its own",
                "it is the primary's data now",
            ],
            run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "mv -T /temporary/x/root.sql.new /temporary/x/root.sql",
                $"mysqld --defaults-file=/conf.d/{role} --server-id=100 --datadir=/volume/mysql --event-scheduler={(profile == "mysql-5.7" ? "OFF" : "DISABLED")} {(profile == "mysql-5.7" ? "--relay-log-recovery=ON" : "--relay-log-recovery=OFF --server-id=99")}"
                    + $" --skip-networking --{hold} --init-file=/temporary/x/root.sql --socket=/temporary/x/mysqld.sock --pid-file=/temporary/x/mysqld.pid",
                .. RootStatements,
                "mysqladmin --no-defaults --socket=/temporary/x/mysqld.sock --connect-timeout=2 ping",
                .. profile == "mysql-5.7" ? Array.Empty<string>() : ["mysql root@localhost --vertical", "  SHOW REPLICA STATUS;"],
                "mysql root@localhost",
                "  SET SESSION sql_log_bin = 0;",
                .. statements.Split('|').Select(one => $"  {one}"),
                // Then the scheduled events are asked for.
                "mysql root@localhost",
            ],
            pod.Calls.SkipWhile(call => !call.Contains("root.sql", StringComparison.Ordinal)).TakeWhile(call => !call.Contains("mysql.disabled_events", StringComparison.Ordinal)));
        Assert.Equal("mv -T /volume/mysql/data-of-pod.new /volume/mysql/data-of-pod", pod.Calls[^1]);
        Assert.Equal("0644 a uuid of its own\n", pod.Files("volume/mysql")["auto.cnf"]);
        Assert.Equal("0640 mysql-0\n", pod.Files("volume/mysql")["data-of-pod"]);
    }

    [Theory]
    [InlineData("Replica_SQL_Running=Yes", "1", false, 0, "")]
    [InlineData("Replica_SQL_Running=No|Last_SQL_Errno=1062|Last_SQL_Error=twice", "1", false, 0, "")]
    [InlineData("Replica_SQL_Running=No|Last_SQL_Errno=1062|Last_SQL_Error=twice", "0", false, 1, CannotApply)]
    [InlineData("Replica_SQL_Running=No|Last_SQL_Errno=1062|Last_SQL_Error=twice", "0", true, 1, "those transactions are given up; beginning afresh")]
    public async Task What_a_replica_s_data_had_received_is_applied_before_it_becomes_the_primary_s(string differences, string whole, bool givenUp, int code, string said)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.KeepFunctionsOf("init-mysql.sh");
        pod.Environment["SEED_TIMEOUT_SECONDS"] = "0";
        pod.Answers("root:*@localhost", "SHOW REPLICA STATUS;", ServerStatus.Replica("mysql-8.4", $"{differences}|Retrieved_Gtid_Set=a:1-9"));
        pod.Answers("root:*@localhost", "SELECT GTID_SUBSET('a:1-9', @@global.gtid_executed);", whole);
        if (givenUp)
        {
            pod.Write("volume/give-up-received", string.Empty);
        }

        var run = await pod.CallAsync("init-mysql.sh", "load_secrets; apply_received; echo applied");

        Assert.Equal((code, code == 0 ? "applied\n" : ""), (run.ExitCode, run.Output));
        Assert.Equal(said, string.Join('|', run.Said));
        Assert.Contains("  START REPLICA SQL_THREAD;", pod.Calls);
    }

    [Fact]
    public async Task Data_that_never_followed_anyone_has_received_nothing()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.KeepFunctionsOf("init-mysql.sh");
        var run = await pod.CallAsync("init-mysql.sh", "load_secrets; apply_received; echo applied");
        Assert.Equal("applied\n", run.Output);
        Assert.DoesNotContain("  START REPLICA SQL_THREAD;", pod.Calls);
    }

    [Theory]
    [InlineData(false, "--relay-log-recovery=OFF --server-id=99")]
    [InlineData(true, "--relay-log-recovery=ON")]
    public async Task What_was_received_is_dropped_only_where_a_person_gave_it_up(bool givenUp, string options)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.HasData("mysql-2");
        if (givenUp)
        {
            pod.Write("volume/give-up-received", string.Empty);
        }

        await pod.RunAsync("init-mysql.sh");

        Assert.Contains($" {options} --skip-networking ", Assert.Single(pod.CallsOf("mysqld")), StringComparison.Ordinal);
        Assert.False(File.Exists(pod.Path("volume/give-up-received")));
    }

    [Theory]
    [InlineData("mysql-5.7", "slave.cnf", "skip-slave-start", null)]
    [InlineData("mysql-8.4", "replica.cnf", "skip-replica-start", null)]
    [InlineData("mysql-8.4", "replica.cnf", "skip-replica-start", "the password before")]
    public async Task A_replica_s_data_that_may_hold_another_root_password_is_given_the_Secret_s_once(string profile, string role, string hold, string? root)
    {
        using var pod = new ScriptPod(profile, 1);
        pod.HasData("mysql-1", root);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["the volume holds data; it is kept", "this data may hold another root password than the Secret; setting it"], run.Said.Skip(1));
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            [
                "mv -T /temporary/x/root.sql.new /temporary/x/root.sql",
                $"mysqld --defaults-file=/conf.d/{role} --server-id=101 --datadir=/volume/mysql --event-scheduler={(profile == "mysql-5.7" ? "OFF" : "DISABLED")} --super-read-only=0 --read-only=0"
                    + $" --skip-networking --{hold} --init-file=/temporary/x/root.sql --socket=/temporary/x/mysqld.sock --pid-file=/temporary/x/mysqld.pid",
                .. RootStatements,
                "mysqladmin --no-defaults --socket=/temporary/x/mysqld.sock --connect-timeout=2 ping",
                "mv -T /volume/mysql/root-password.digest.new /volume/mysql/root-password.digest",
            ],
            pod.Calls.SkipWhile(call => !call.Contains("root.sql", StringComparison.Ordinal)));
        Assert.Equal("0600", pod.Mode("volume/mysql/root-password.digest"));

        var again = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(["the volume holds data; it is kept"], again.Said.Skip(1));
        Assert.Single(pod.CallsOf("mysqld"));
    }

    /// <summary>An empty ordinal 0 which the Service lists, and nobody else.</summary>
    private static ScriptPod Alone(string profile)
    {
        var pod = new ScriptPod(profile, 0);
        pod.Resolves("mysql", Own);
        // As /etc/hosts may have it.
        pod.Resolves("mysql-0", "127.0.0.1", Own);
        return pod;
    }

    /// <summary>An empty ordinal 0 beside a pod where no server answers.</summary>
    private static ScriptPod BesideNobody(string profile = "mysql-8.4")
    {
        var pod = Alone(profile);
        pod.Environment["MYSQL_PORT"] = "1";
        pod.Resolves("mysql", Own, Peer);
        pod.Resolves("mysql-2.mysql", Peer);
        return pod;
    }

    /// <summary>An empty ordinal 0 beside a pod whose server is this one.</summary>
    private static ScriptPod Beside(TcpListener server, string profile)
    {
        server.Start();
        var pod = BesideNobody(profile);
        pod.Environment["MYSQL_PORT"] = ((IPEndPoint)server.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        return pod;
    }

    private static void AssertNothingWasMade(ScriptPod pod)
    {
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("volume")));
        AssertNoServerRan(pod);
    }

    private static void AssertNoServerRan(ScriptPod pod) => Assert.Empty(pod.CallsOf("mysqld"));
}
