using Xunit;

namespace Tests.Infra;

/// <summary>
/// What init-mysql.sh writes for an ordinal, and what it refuses, on both sets of scripts. A server learns its id and its role here and nowhere else.
/// What becomes of the volume is in InitMySqlDataTests.
/// </summary>
public sealed class InitMySqlTests
{
    [Theory]
    [InlineData("mysql-5.7", "master.cnf")]
    [InlineData("mysql-8.4", "primary.cnf")]
    public async Task Ordinal_0_is_the_primary_with_id_100(string profile, string role)
    {
        using var pod = new ScriptPod(profile, 0);
        pod.HasData("mysql-0");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal([$"mysql-0: {role}, server-id 100", "the volume holds data; it is kept"], run.Said);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["server-id.cnf"] = "0644 [mysqld]\nserver-id=100\n",
                [role] = $"0644 {pod.Configured(role)}",
                ["health.client"] = $"0600 [client]\nuser=health\npassword=healthpassword\nhost=127.0.0.1\nport={(profile == "mysql-5.7" ? 3306 : 33062)}\n",
                ["root-password.cnf"] = "0644 [mysqld]\ninit-file=/etc/mysql/conf.d/root-password.sql\n",
                ["root-password.sql"] = "0600 ALTER USER IF EXISTS 'root'@'%' IDENTIFIED BY 'rootpassword';\n"
                    + "ALTER USER IF EXISTS 'root'@'localhost' IDENTIFIED BY 'rootpassword';\nALTER USER IF EXISTS 'root'@'127.0.0.1' IDENTIFIED BY 'rootpassword';\n"
                    + (profile == "mysql-5.7" ? "" : string.Concat(((string[])["%", "localhost", "127.0.0.1"]).Select(host => $"ALTER USER IF EXISTS 'root'@'{host}' DISCARD OLD PASSWORD;\n"))),
            },
            pod.Files("conf.d"));
    }

    [Theory]
    [InlineData("mysql-5.7", 1, 101, "slave.cnf", "skip-slave-start")]
    [InlineData("mysql-5.7", 12, 112, "slave.cnf", "skip-slave-start")]
    [InlineData("mysql-5.7", 100, 200, "slave.cnf", "skip-slave-start")]
    [InlineData("mysql-8.4", 1, 101, "replica.cnf", "skip-replica-start")]
    [InlineData("mysql-8.4", 12, 112, "replica.cnf", "skip-replica-start")]
    [InlineData("mysql-8.4", 100, 200, "replica.cnf", "skip-replica-start")]
    public async Task Every_other_ordinal_is_a_replica_with_an_id_of_its_own(string profile, int ordinal, int id, string role, string hold)
    {
        using var pod = new ScriptPod(profile, ordinal);

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal([$"mysql-{ordinal}: {role}, server-id {id}"], run.Said);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["server-id.cnf"] = $"0644 [mysqld]\nserver-id={id}\n",
                [role] = $"0644 {pod.Configured(role)}# Scheduled events run on the primary alone.\nevent-scheduler={(profile == "mysql-5.7" ? "OFF" : "DISABLED")}\n",
                ["health.client"] = $"0600 [client]\nuser=health\npassword=healthpassword\nhost=127.0.0.1\nport={(profile == "mysql-5.7" ? 3306 : 33062)}\n",
                ["hold-replication.cnf"] = $"0644 [mysqld]\n{hold}\n",
                ["replication.behind"] = "0644 ",
                ["root-password.last"] = "0600 rootpassword\n",
            },
            pod.Files("conf.d"));
    }

    [Theory]
    [InlineData("mysql-5.7", 0)]
    [InlineData("mysql-5.7", 1)]
    [InlineData("mysql-8.4", 0)]
    [InlineData("mysql-8.4", 1)]
    public async Task A_second_run_leaves_what_the_first_one_made(string profile, int ordinal)
    {
        using var pod = new ScriptPod(profile, ordinal);
        pod.HasData($"mysql-{ordinal}");
        await pod.RunAsync("init-mysql.sh");
        var (configuration, volume) = (pod.Files("conf.d"), pod.Files("volume"));

        var again = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(configuration, pod.Files("conf.d"));
        Assert.Equal(volume, pod.Files("volume"));
    }

    [Theory]
    [InlineData(0, "health.client primary.cnf root-password.cnf root-password.sql server-id.cnf")]
    [InlineData(1, "health.client hold-replication.cnf replica.cnf replication.behind root-password.last server-id.cnf")]
    public async Task What_a_killed_run_or_an_earlier_sandbox_left_is_removed(int ordinal, string files)
    {
        using var pod = new ScriptPod("mysql-8.4", ordinal);
        pod.HasData($"mysql-{ordinal}");
        pod.Write("volume/staging-init/mysql/user.ibd", "half");
        pod.Write("conf.d/replication.starting", string.Empty);
        pod.Write("conf.d/replication.state", "1 steady all is well\n");
        pod.Write("conf.d/server-id.cnf.new", "[mysqld]\nserver-i");

        await pod.RunAsync("init-mysql.sh");

        Assert.Equal([pod.Path("volume/mysql")], Directory.EnumerateFileSystemEntries(pod.Path("volume")));
        Assert.Equal(files.Split(' '), pod.Files("conf.d").Keys);
        Assert.Empty(Directory.EnumerateFileSystemEntries(pod.Path("temporary")));
    }

    [Theory]
    [InlineData("mysql")]
    [InlineData("mysql-")]
    [InlineData("mysql-01")]
    [InlineData("mysql-00")]
    [InlineData("mysql-1a")]
    [InlineData("mysql-0.mysql")]
    [InlineData("-0")]
    public async Task A_host_name_without_an_ordinal_is_refused(string name)
    {
        using var pod = new ScriptPod("mysql-8.4", 0) { Environment = { ["HOSTNAME"] = name } };
        await AssertRefusedAsync(pod, $"host name '{name}' does not end in -<ordinal>: this is not a pod of a StatefulSet");
    }

    [Theory]
    [InlineData("HEADLESS_SERVICE")]
    [InlineData("SERVER_ID_BASE")]
    public async Task A_variable_that_is_missing_is_named(string variable)
    {
        using var pod = new ScriptPod("mysql-8.4", 0) { Environment = { [variable] = null } };
        await AssertRefusedAsync(pod, $"the environment variable {variable} is not set; the pod's template sets it");
    }

    [Theory]
    [InlineData("root")]
    [InlineData("replication")]
    [InlineData("health")]
    [InlineData("backup")]
    public async Task Without_every_password_nothing_is_done(string user)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        File.Delete(pod.Path($"credentials/{user}-password"));
        await AssertRefusedAsync(pod, $"the Secret has no readable {user}-password", "cannot configure this pod without the Secret's passwords");
    }

    [Theory]
    [InlineData("root", "")]
    [InlineData("root", "it's")]
    [InlineData("root", "two\nlines")]
    [InlineData("root", "back\\slash")]
    [InlineData("replication", "two words")]
    [InlineData("health", "a#b")]
    [InlineData("backup", "pässword")]
    public async Task A_password_that_would_need_quoting_is_refused(string user, string password)
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.Write($"credentials/{user}-password", password);
        await AssertRefusedAsync(
            pod, $"the Secret's {user}-password must consist of letters, digits, dots, hyphens and underscores", "cannot configure this pod without the Secret's passwords");
    }

    /// <summary>It ends with these sentences and has written nothing.</summary>
    private static async Task AssertRefusedAsync(ScriptPod pod, params string[] said)
    {
        pod.HasData("mysql-2", root: null);
        var volume = pod.Files("volume");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(said, run.Said);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(pod.Files("conf.d"));
        Assert.Equal(volume, pod.Files("volume"));
    }
}
