using Infra.MySql;
using Pulumi;
using Xunit;

namespace Tests.Infra;

/// <summary>From where root logs in: what pods are told, and what root-hosts.sh makes of it on the primary, on both sets of scripts.</summary>
[Collection("deployment")]
public sealed class RootHostsTests
{
    private const string Own = "root:rootpassword@127.0.0.1";
    private const string Hosts = "SELECT Host FROM mysql.user WHERE User = 'root';";
    private const string Keep = "load_secrets; keep_root_hosts; echo \"$ROOT_STAYS\"";

    public static TheoryData<string> Profiles => ["mysql-5.7", "mysql-8.4"];

    [Theory]
    [InlineData(null, null)]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public async Task Pods_are_told_where_a_program_says_so(bool? remote, string? expected)
    {
        var engine = new Engine();
        await engine.RunAsync(() => _ = new MySqlCluster("db", new MySqlClusterArgs { RemoteRoot = remote }));
        var spec = engine.Only("StatefulSet")["spec"]!["template"]!["spec"]!;
        Assert.All(
            spec["initContainers"]!.AsArray().Concat(spec["containers"]!.AsArray()),
            container => Assert.Equal(
                expected is null ? [] : [expected],
                container!["env"]!.AsArray().Where(variable => (string?)variable!["name"] == "REMOTE_ROOT").Select(variable => (string?)variable!["value"])));
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Where_nothing_is_said_roots_accounts_are_not_looked_at(string profile)
    {
        using var pod = Pod(profile, null);
        Assert.Equal(("\n", ""), await KeepAsync(pod));
        Assert.Empty(pod.Calls);
    }

    [Theory]
    [InlineData("mysql-5.7", "false", "localhost\n127.0.0.1")]
    [InlineData("mysql-8.4", "false", "127.0.0.1\nlocalhost\n10.0.0.1")]
    [InlineData("mysql-5.7", "true", "%\nlocalhost")]
    [InlineData("mysql-8.4", "true", "localhost\n%")]
    public async Task Accounts_that_are_as_they_should_be_are_left_alone(string profile, string remote, string hosts)
    {
        using var pod = Pod(profile, remote);
        pod.Answers(Own, Hosts, hosts);
        Assert.Equal(("\n", ""), await KeepAsync(pod));
        Assert.Equal([$"  {Hosts}"], Statements(pod));
    }

    /// <summary>An account that is looked for first has all its rights when it gets its name, so that a kill between any two statements leaves one that has.</summary>
    [Theory]
    [InlineData("mysql-5.7", "false", "%\nlocalhost", "127.0.0.1", "%")]
    [InlineData("mysql-8.4", "false", "localhost\n%", "127.0.0.1", "%")]
    [InlineData("mysql-8.4", "false", "%", "127.0.0.1 localhost", "%")]
    [InlineData("mysql-8.4", "false", "%\n127.0.0.1", "localhost", "%")]
    [InlineData("mysql-8.4", "false", "localhost", "127.0.0.1", "")]
    [InlineData("mysql-5.7", "true", "127.0.0.1\nlocalhost", "%", "127.0.0.1")]
    [InlineData("mysql-8.4", "true", "127.0.0.1\nlocalhost", "%", "127.0.0.1")]
    [InlineData("mysql-8.4", "true", "localhost", "%", "")]
    public async Task One_appears_with_all_its_rights_by_one_rename_and_then_the_other_goes(string profile, string remote, string hosts, string made, string gone)
    {
        using var pod = Pod(profile, remote);
        pod.Answers(Own, Hosts, hosts);
        pod.Answers(Own, "DROP USER", "");
        pod.Answers(Own, "information_schema.VIEWS", "");

        var (output, errors) = await KeepAsync(pod);

        string[] expected =
        [
            .. made.Split(' ').SelectMany(host => (string[])
            [
                "DROP USER IF EXISTS 'root'@'in-the-making.invalid';",
                "CREATE USER 'root'@'in-the-making.invalid' IDENTIFIED BY 'rootpassword';",
                "GRANT ALL PRIVILEGES ON *.* TO 'root'@'in-the-making.invalid' WITH GRANT OPTION;",
                $"RENAME USER 'root'@'in-the-making.invalid' TO 'root'@'{host}';",
            ]),
            .. gone.Length == 0 ? Array.Empty<string>() : [$"DROP USER IF EXISTS 'root'@'{gone}';"],
        ];
        Assert.Equal(expected, Statements(pod).Select(line => line.Trim()).Where(line => line.Contains("USER", StringComparison.Ordinal) || line.StartsWith("GRANT", StringComparison.Ordinal)));
        Assert.Equal("\n", output);
        Assert.Equal(gone.Length > 0, errors.Contains($"root logs in from {(remote == "false" ? "127.0.0.1 localhost, and no longer from %" : "%, and no longer from 127.0.0.1")}\n", StringComparison.Ordinal));
    }

    /// <summary>The one that goes is asked for by another login than the one that made the others: theirs.</summary>
    [Fact]
    public async Task An_account_that_cannot_be_made_keeps_the_other()
    {
        using var pod = Pod("mysql-8.4", "false");
        pod.Answers(Own, Hosts, "%\nlocalhost");
        pod.Answers(Own, "CREATE USER", "ERROR 1819 (HY000) at line 2: Your password does not satisfy the current policy requirements");

        var run = await pod.CallAsync("replication.sh", "load_secrets; keep_root_hosts || echo later");

        Assert.Equal("later\n", run.Output);
        Assert.DoesNotContain("  DROP USER IF EXISTS 'root'@'%';", pod.Calls);
    }

    [Theory]
    [InlineData("false", "%\n127.0.0.1\nlocalhost", "%")]
    [InlineData("true", "%\n127.0.0.1\nlocalhost", "127.0.0.1")]
    public async Task An_account_by_which_views_and_the_like_are_defined_stays_and_they_are_named(string remote, string hosts, string leaves)
    {
        using var pod = Pod("mysql-8.4", remote);
        pod.Answers(Own, Hosts, hosts);
        pod.Answers(Own, $"DEFINER = 'root@{leaves}'", "shop.orders_of_today\nshop.tidy");

        Assert.Equal(($"'root'@'{leaves}' stays, as it is the definer of shop.orders_of_today, shop.tidy; it goes when these have another\n", ""), await KeepAsync(pod));
        Assert.DoesNotContain(pod.Calls, call => call.Contains("DROP", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_exporters_view_becomes_the_account_s_that_stays()
    {
        using var pod = Pod("mysql-8.4", "false");
        pod.HasExporter();
        pod.Answers(Own, Hosts, "%\n127.0.0.1\nlocalhost");
        pod.Answers(Own, "", "");

        await KeepAsync(pod);

        Assert.Contains("VIEW mysql.own_transactions", Statements(pod)[^2], StringComparison.Ordinal);
        Assert.Equal("  DROP USER IF EXISTS 'root'@'%';", Statements(pod)[^1]);
    }

    [Theory]
    [InlineData(null, "%")]
    [InlineData("true", "%")]
    [InlineData("false", "127.0.0.1")]
    public async Task The_first_data_of_a_cluster_have_roots_account_where_it_is_to_be(string? remote, string host)
    {
        using var pod = Pod("mysql-8.4", remote);
        var run = await pod.CallAsync("init-mysql.sh", "load_secrets; first_statements");
        Assert.Equal(
            [$"CREATE USER 'root'@'{host}' IDENTIFIED BY 'rootpassword';", $"GRANT ALL PRIVILEGES ON *.* TO 'root'@'{host}' WITH GRANT OPTION;"],
            run.Output.Split('\n').Take(2));
    }

    [Theory]
    [InlineData(null, "mysql-read", "mysql-read")]
    [InlineData("true", "mysql-0.mysql", "mysql-0.mysql")]
    [InlineData("false", "127.0.0.1", "127.0.0.1")]
    [InlineData("false", "localhost", "localhost")]
    [InlineData("false", "mysql-1.mysql", "127.0.0.1")]
    public async Task People_reach_what_root_may(string? remote, string host, string reached)
    {
        using var pod = Pod("mysql-8.4", remote, 1);
        await pod.RunAsync("sql.sh", host);
        Assert.StartsWith($"mysql root@{reached} ", pod.Calls[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mysql-0.mysql")]
    [InlineData("mysql-read")]
    [InlineData("mysql-1.mysql.other.svc")]
    public async Task People_who_ask_for_another_server_are_told_where_to(string host)
    {
        using var pod = Pod("mysql-8.4", "false", 1);
        var run = await pod.RunAsync("sql.sh", host);
        Assert.Equal([$"root logs in from a server's own pod alone (remoteRoot is false), and {host} is not mysql-1: run this in that server's pod, with the host 127.0.0.1"], run.Said);
        Assert.Equal(1, run.ExitCode);
        Assert.Empty(pod.Calls);
    }

    private static ScriptPod Pod(string profile, string? remote, int ordinal = 0)
    {
        var pod = new ScriptPod(profile, ordinal);
        pod.KeepFunctionsOf("replication.sh");
        pod.KeepFunctionsOf("init-mysql.sh");
        if (remote is not null)
        {
            pod.Environment["REMOTE_ROOT"] = remote;
        }

        return pod;
    }

    private static async Task<(string Output, string Errors)> KeepAsync(ScriptPod pod)
    {
        var run = await pod.CallAsync("replication.sh", Keep);
        return (run.Output, string.Concat(run.Said.Select(line => $"{line}\n")));
    }

    private static List<string> Statements(ScriptPod pod) => [.. pod.Calls.Where(call => !call.StartsWith("mysql ", StringComparison.Ordinal))];
}
