using Xunit;

namespace Tests.Infra;

/// <summary>Scheduled events run on the primary alone, and are enabled again where a replica's data becomes the primary's: events.sh.</summary>
public sealed class EventTests
{
    private const string Own = "root:rootpassword@127.0.0.1";
    private const string Asked = "SELECT EVENT_SCHEMA, EVENT_NAME";
    private const string Noted = "SELECT database_name, name";

    [Theory]
    [InlineData("mysql-5.7", "slave.cnf")]
    [InlineData("mysql-8.4", "replica.cnf")]
    public async Task A_replica_has_no_scheduler_whatever_the_stack_s_options_say(string profile, string role)
    {
        using var pod = new ScriptPod(profile, 1);
        File.AppendAllText(Path.Combine(pod.Environment["CONFIG_MAP_DIRECTORY"]!, role), "event_scheduler = ON\n");

        await pod.RunAsync("init-mysql.sh");

        Assert.EndsWith($"event_scheduler = ON\n# Scheduled events run on the primary alone.\nevent-scheduler={(profile == "mysql-5.7" ? "OFF" : "DISABLED")}\n", pod.Read($"conf.d/{role}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_primary_s_configuration_is_as_the_ConfigMap_has_it()
    {
        using var pod = new ScriptPod("mysql-8.4", 0);
        pod.HasData("mysql-0");
        await pod.RunAsync("init-mysql.sh");
        Assert.Equal(pod.Configured("primary.cnf"), pod.Read("conf.d/primary.cnf"));
    }

    [Theory]
    [InlineData("", "ERROR 1146 (42S02): no table", false)]
    [InlineData("a\tone\nb\ttwo", "b\ttwo\na\tone", false)]
    [InlineData("a\tone", "ERROR 1146 (42S02): no table", true)]
    [InlineData("a\tone\nb\ttwo", "a\tone", true)]
    [InlineData("", "a\tone", true)]
    public async Task What_a_person_disabled_is_noted_where_that_differs(string disabled, string noted, bool written)
    {
        using var pod = Pod();
        pod.Answers(Own, Asked, disabled);
        pod.Answers(Own, Noted, noted);
        pod.Answers(Own, "DELETE FROM mysql.disabled_events", "");

        await pod.CallAsync("replication.sh", "load_secrets; note_disabled_events");

        Assert.Equal(written, pod.Calls.Contains("  DELETE FROM mysql.disabled_events;"));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_has_nothing_noted()
    {
        using var pod = Pod();
        var run = await pod.CallAsync("replication.sh", "load_secrets; note_disabled_events || echo later");
        Assert.Equal("later\n", run.Output);
        Assert.DoesNotContain(pod.Calls, call => call.Contains("DELETE", StringComparison.Ordinal));
    }

    /// <summary>Rounds of a server that is short of processor time take ever longer.</summary>
    [Fact]
    public async Task It_is_looked_up_every_thirty_seconds_however_long_a_round_takes()
    {
        using var pod = Pod();
        const string Functions = "load_secrets; discard_old_passwords() { :; }; keep_root_hosts() { :; }; note_disabled_events() { echo \"$SECONDS\"; }; ";
        var run = await pod.CallAsync("replication.sh", Functions + "for second in 2 29 47 48 76 77 106; do SECONDS=$second; do_now_and_then; done");
        Assert.Equal("47\n77\n", run.Output);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("ALTER 1;", "", "scheduled events run here from now on")]
    [InlineData("ALTER 1;", "a.one\\nb.two", "scheduled events run here from now on, but for these, which could not be enabled: a.one, b.two")]
    public async Task Events_that_replication_disabled_are_enabled_and_those_that_cannot_be_are_named(string statements, string left, string said)
    {
        using var pod = Pod();
        pod.Answers("root:rootpassword@localhost", "SELECT CONCAT('SET SESSION", statements);
        pod.Answers("root:rootpassword@localhost", "SELECT CONCAT(EVENT_SCHEMA, '.'", left);

        var run = await pod.CallAsync("replication.sh scratch-server.sh", "ROLE_CONFIG=x; load_secrets; enable_events");

        Assert.Equal(said, string.Join('|', run.Said));
        Assert.Equal(statements.Length > 0, pod.Calls.Contains($"  {statements}"));
    }

    private static ScriptPod Pod()
    {
        var pod = new ScriptPod("mysql-8.4", 0);
        pod.KeepFunctionsOf("replication.sh");
        return pod;
    }
}
