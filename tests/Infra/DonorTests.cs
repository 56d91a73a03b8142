using Xunit;

namespace Tests.Infra;

/// <summary>
/// Which replica may give its data to others, by donor.sh, and which one gives a lost primary its data back, by lost-primary.sh. The servers' sets of
/// transactions are compared by a server; here it answers what a test says.
/// </summary>
public sealed class DonorTests
{
    private const string Backup = "backup:backuppassword@";

    [Theory]
    [InlineData("", true, "")]
    [InlineData("Source_Host=", false, "mysql-2.mysql: cannot be a donor now: it follows nobody, not mysql-0.mysql")]
    [InlineData("Source_Host=mysql-3.mysql", false, "mysql-2.mysql: cannot be a donor now: it follows mysql-3.mysql, not mysql-0.mysql")]
    [InlineData("Last_SQL_Errno=1062", false, "mysql-2.mysql: cannot be a donor now: its applier failed with error 1062")]
    [InlineData("Replica_SQL_Running=No|Replica_IO_Running=No", true, "")]
    public async Task A_replica_gives_its_data_where_it_follows_the_primary_and_has_not_failed(string differences, bool can, string said)
    {
        using var pod = Pod(1);
        pod.Answers($"{Backup}mysql-2.mysql", "SHOW REPLICA STATUS;", Donor("u", "a:1-5", differences));
        pod.Answers($"{Backup}mysql-0.mysql", "SELECT REPLACE", "a:1-9");
        pod.Answers($"{Backup}mysql-2.mysql", "SELECT GTID_SUBTRACT('a:1-5', 'a:1-9');", "");
        await AssertCanAsync(pod, 2, can, said);
    }

    [Fact]
    public async Task A_replica_that_has_what_the_primary_does_not_have_gives_nothing()
    {
        using var pod = Pod(1);
        pod.Answers($"{Backup}mysql-2.mysql", "SHOW REPLICA STATUS;", Donor("u", "a:1-5,b:1"));
        pod.Answers($"{Backup}mysql-0.mysql", "SELECT REPLACE", "a:1-9");
        pod.Answers($"{Backup}mysql-2.mysql", "SELECT GTID_SUBTRACT('a:1-5,b:1', 'a:1-9');", "b:1");
        await AssertCanAsync(pod, 2, false, "mysql-2.mysql: cannot be a donor: it has transactions that mysql-0.mysql does not have: b:1");
    }

    [Theory]
    [InlineData("a:1-5", true, "")]
    [InlineData("a:1-5,u2:1", true, "")]
    [InlineData("a:1-5,u:1", false, "mysql-2.mysql: cannot be a donor: it has transactions that mysql-0.mysql does not have: u:1")]
    public async Task While_the_primary_is_away_what_a_replica_wrote_itself_counts(string executed, bool can, string said)
    {
        using var pod = Pod(1);
        pod.Answers($"{Backup}mysql-2.mysql", "SHOW REPLICA STATUS;", Donor("u", executed));
        await AssertCanAsync(pod, 2, can, said);
    }

    [Fact]
    public async Task A_pod_whose_server_does_not_answer_gives_nothing()
    {
        using var pod = Pod(1);
        await AssertCanAsync(
            pod, 2, false, "mysql-2.mysql: its server does not answer: ERROR 2003 (HY000): Can't connect to MySQL server on 'mysql-2.mysql:3306' (111)");
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(2, "TRUSTED=2; ")]
    public async Task The_primary_and_whom_a_person_trusts_are_not_judged(int donor, string before)
    {
        using var pod = Pod(1);
        pod.Answers($"{Backup}mysql-{donor}.mysql", "SHOW REPLICA STATUS;", Donor("u", "u:1", "Source_Host="));
        await AssertCanAsync(pod, donor, true, "", before);
    }

    [Fact]
    public async Task Whom_a_replica_follows_says_nothing_when_the_primary_itself_was_lost()
    {
        using var pod = Pod(0);
        pod.Answers($"{Backup}mysql-2.mysql", "SHOW REPLICA STATUS;", Donor("u", "a:1", "Source_Host=mysql-1.mysql"));
        await AssertCanAsync(pod, 2, true, "");
    }

    [Theory]
    [InlineData("8.4.3", "8.4.5-log", 16384, "A", "")]
    [InlineData("8.4.3", "8.0.40", 16384, "A", "mysql-0.mysql runs MySQL 8.0.40, this pod's image has 8.4.3: a clone needs the same series on both sides. "
        + "Give all pods the same image, or roll this image out to the donor first")]
    [InlineData("8.4.3", "8.40.1", 16384, "A", "mysql-0.mysql runs MySQL 8.40.1, this pod's image has 8.4.3: a clone needs the same series on both sides. "
        + "Give all pods the same image, or roll this image out to the donor first")]
    [InlineData("8.4.3", "8.4.3", 8192, "A", "mysql-0.mysql has pages of 8192 bytes, this pod of 16384 (innodb_page_size): "
        + "a clone needs the same on both sides")]
    [InlineData("8.4.3", "8.4.3", 16384, "NULL", "")]
    [InlineData("8.4.3", "8.4.3", 16384, "A,B,CD", "mysql-0.mysql has active plugins that this pod's server lacks: B CD. A clone needs the same on both sides: "
        + "set plugin-load-add in the stack's options, or uninstall them there")]
    public async Task A_donor_has_the_series_the_pages_and_no_more_plugins_than_this_pod(string ours, string theirs, int pages, string plugins, string said)
    {
        using var pod = Pod(1);
        pod.Answers("root:*@localhost", "SELECT @@version", $"{ours}\t16384\tBC,A,C");

        var run = await pod.CallAsync(
            "clone-mysql.sh",
            $"load_secrets; DONOR=([version]={theirs} [page_size]={pages} [plugins]={plugins}); fits_scratch_server mysql-0.mysql && echo fits");

        Assert.Equal((said.Length == 0 ? "fits\n" : "", said), (run.Output, string.Join('\n', run.Said)));
    }

    [Theory]
    [InlineData("a:1-5", "a:1-9", "2")]
    [InlineData("a:1-9", "a:1-5", "1")]
    [InlineData("a:1-9", "a:1-9", "1 2")]
    public async Task The_replica_that_has_all_that_any_other_has_gives_a_lost_primary_its_data(string first, string second, string sources)
    {
        using var pod = Lost();
        Replicas(pod, first, second);
        var run = await pod.CallAsync("clone-mysql.sh", "load_secrets; ask_replicas && choose_most_advanced && echo $SOURCE");
        Assert.Contains(run.Output.TrimEnd(), sources.Split(' '));
        Assert.Empty(run.Errors);
    }

    [Fact]
    public async Task Between_replicas_that_diverged_a_person_chooses()
    {
        using var pod = Lost();
        Replicas(pod, "a:1-5,b:1", "a:1-9");

        var run = await pod.CallAsync("clone-mysql.sh", "load_secrets; ask_replicas && choose_most_advanced || echo none");

        Assert.Equal("none\n", run.Output);
        Assert.Contains("the replicas have diverged: none has all transactions of all others (", Assert.Single(run.Said), StringComparison.Ordinal);
        Assert.Contains("mysql-1.mysql: a:1-5,b:1; ", run.Errors, StringComparison.Ordinal);
        Assert.Contains(". Way out: choose the pod whose data this cluster goes on with", run.Errors, StringComparison.Ordinal);
    }

    /// <summary>What stands there can be typed: a pod that is not there would be waited for.</summary>
    [Fact]
    public async Task The_pod_that_a_person_is_told_to_choose_is_one_that_is_there()
    {
        using var pod = Lost();
        var run = await pod.CallAsync("clone-mysql.sh", "other_ordinals() { echo 2; }; load_secrets; ask_replicas || true; ways_out '1 2' 1; echo; ways_out 1 1");
        Assert.Contains("mysql-1.mysql does not exist now, though it is one of 3 members", run.Errors, StringComparison.Ordinal);
        Assert.Contains("echo mysql-2 > ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["mysql-2", "mysql-1"], run.Output.Split('\n').Select(line => line.Split("echo ")[1].Split(' ')[0]));
    }

    [Theory]
    [InlineData("Replica_SQL_Running=Yes", "a:9", "mysql-2.mysql is still applying what it received from the lost primary")]
    [InlineData("Replica_SQL_Running=No", "a:9", "mysql-2.mysql does not apply what it received: its applier is stopped. "
        + "Start it there (START REPLICA SQL_THREAD;), or: ")]
    [InlineData("Last_SQL_Errno=1062|Last_SQL_Error=duplicate", "", "mysql-2.mysql has received transactions that it cannot apply "
        + "(error 1062: duplicate); they would be lost. ")]
    [InlineData("Replica_SQL_Running=No", "", null)]
    public async Task Nothing_that_a_replica_received_may_be_lost(string differences, string waiting, string? said)
    {
        using var pod = Lost();
        pod.Answers($"{Backup}mysql-1.mysql", "SHOW REPLICA STATUS;", Donor("u1", "a:1-8"));
        pod.Answers($"{Backup}mysql-2.mysql", "SHOW REPLICA STATUS;", Donor("u2", "a:1-8", differences));
        pod.Answers($"{Backup}mysql-2.mysql", "SELECT GTID_SUBTRACT('received of u2', 'a:1-8');", waiting);
        pod.Answers($"{Backup}*", "SELECT GTID_SUBTRACT", "");
        await AssertAskedAsync(pod, said);
    }

    [Fact]
    public async Task A_replica_that_does_not_answer_may_have_the_latest()
    {
        using var pod = Lost();
        pod.Answers($"{Backup}mysql-1.mysql", "SHOW REPLICA STATUS;", Donor("u1", "a:1-8"));
        pod.Answers($"{Backup}mysql-1.mysql", "SELECT GTID_SUBTRACT", "");
        await AssertAskedAsync(
            pod,
            "mysql-2.mysql: its server does not answer: ERROR 2003 (HY000): Can't connect to MySQL server on 'mysql-2.mysql:3306' (111); "
            + "it may have the latest transactions. ");
    }

    [Fact]
    public async Task A_replica_that_was_written_to_is_not_taken_without_a_person()
    {
        using var pod = Lost();
        pod.Answers($"{Backup}mysql-1.mysql", "SHOW REPLICA STATUS;", Donor("u1", "a:1-8,u1:1"));
        pod.Answers($"{Backup}mysql-1.mysql", "SELECT GTID_SUBTRACT", "");
        await AssertAskedAsync(pod, "mysql-1.mysql has transactions that were written there, not on the primary: u1:1. ");
    }

    [Theory]
    [InlineData("mysql-1", "10.0.0.12", 3)]
    [InlineData("mysql-1", "10.0.0.12", 2)]
    [InlineData("mysql-2", "10.0.0.11", 3)]
    public async Task A_member_that_does_not_exist_now_may_have_the_latest(string missing, string other, int members)
    {
        using var pod = Lost();
        pod.HasMembers(members);
        File.Delete(pod.Path($"programs/names/{missing}.mysql"));
        pod.Resolves("mysql", "10.0.0.10", other);
        await AssertAskedAsync(pod, $"{missing}.mysql does not exist now, though it is one of {members} members (ConfigMap mysql-members); its volume may have the latest transactions. ");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    public async Task Without_the_number_of_members_nobody_knows_whether_one_is_missing(int? members)
    {
        using var pod = Lost();
        pod.HasMembers(members);
        await AssertAskedAsync(pod, "how many members this cluster has cannot be read from /members/replicas (ConfigMap mysql-members). ");
    }

    [Fact]
    public async Task A_replica_that_was_scaled_away_is_not_waited_for()
    {
        using var pod = Lost();
        pod.HasMembers(2);
        File.Delete(pod.Path("programs/names/mysql-2.mysql"));
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11");
        pod.Answers($"{Backup}mysql-1.mysql", "SHOW REPLICA STATUS;", Donor("u1", "a:1-8"));
        pod.Answers($"{Backup}mysql-1.mysql", "SELECT GTID_SUBTRACT", "");
        await AssertAskedAsync(pod, null);
    }

    [Fact]
    public async Task A_pod_that_is_listed_without_a_name_may_have_the_latest()
    {
        using var pod = Lost();
        await AssertAskedAsync(pod, "a pod is listed whose name does not resolve; it may have the latest transactions. ", "other_ordinals() { false; }; ");
    }

    [Fact]
    public async Task Where_no_other_pod_is_left_the_pod_looks_afresh()
    {
        using var pod = Lost();
        pod.Resolves("mysql", "10.0.0.10");
        await AssertAskedAsync(pod, "no other pod has a name any more. Delete this pod to have it look afresh");
    }

    [Theory]
    [InlineData("mysql-2\n", "2", "")]
    [InlineData("mysql-0\n", "", "/volume/seed-from holds 'mysql-0'; it takes the name of a replica's pod, such as mysql-1")]
    [InlineData("other-2\n", "", "/volume/seed-from holds 'other-2'; it takes the name of a replica's pod, such as mysql-1")]
    [InlineData("mysql-2.mysql\n", "", "/volume/seed-from holds 'mysql-2.mysql'; it takes the name of a replica's pod, such as mysql-1")]
    [InlineData(null, "", "")]
    public async Task A_person_chooses_by_a_replica_s_name(string? choice, string trusted, string said)
    {
        using var pod = Lost();
        if (choice is not null)
        {
            pod.Write("volume/seed-from", choice);
        }

        var run = await pod.CallAsync("clone-mysql.sh", "TRUSTED=7; a_person_chose || true; echo \"$TRUSTED $SOURCE\"");

        Assert.Equal(($"{trusted} {trusted}\n", said), (run.Output, string.Join('\n', run.Said)));
    }

    private static ScriptPod Pod(int ordinal)
    {
        var pod = new ScriptPod("mysql-8.4", ordinal);
        pod.KeepFunctionsOf("clone-mysql.sh");
        return pod;
    }

    /// <summary>A primary that lost its data, beside two replicas.</summary>
    private static ScriptPod Lost()
    {
        var pod = Pod(0);
        pod.Resolves("mysql", "10.0.0.10", "10.0.0.11", "10.0.0.12");
        pod.Resolves("mysql-0", "10.0.0.10");
        pod.Resolves("mysql-1.mysql", "10.0.0.11");
        pod.Resolves("mysql-2.mysql", "10.0.0.12");
        return pod;
    }

    /// <summary>Both replicas applied all they received: of two sets a:1-9 has all of a:1-5, and b:1 is in no other.</summary>
    private static void Replicas(ScriptPod pod, string first, string second)
    {
        pod.Answers($"{Backup}mysql-1.mysql", "SHOW REPLICA STATUS;", Donor("u1", first));
        pod.Answers($"{Backup}mysql-2.mysql", "SHOW REPLICA STATUS;", Donor("u2", second));
        pod.Answers($"{Backup}*", "GTID_SUBTRACT('received", "");
        pod.Answers($"{Backup}*", "GTID_SUBTRACT('a:1-9', 'a:1-5", "a:6-9");
        pod.Answers($"{Backup}*", "GTID_SUBTRACT('a:1-5,b:1', 'a:1-9", "b:1");
        pod.Answers($"{Backup}*", "GTID_SUBTRACT", "");
    }

    private static string Donor(string uuid, string executed, string differences = "") =>
        $"server_uuid: {uuid}\nexecuted: {executed}\nreceived: received of {uuid}\n{ServerStatus.Replica("mysql-8.4", differences)}";

    private static async Task AssertCanAsync(ScriptPod pod, int donor, bool can, string said, string before = "")
    {
        var run = await pod.CallAsync("clone-mysql.sh", $"load_secrets; {before}! can_be_donor {donor} || echo can");
        Assert.Equal((can ? "can\n" : "", said), (run.Output, string.Join('\n', run.Said)));
    }

    private static async Task AssertAskedAsync(ScriptPod pod, string? said, string before = "")
    {
        var run = await pod.CallAsync("clone-mysql.sh", $"load_secrets; {before}! ask_replicas || echo all");
        Assert.Equal(said is null ? "all\n" : "", run.Output);
        Assert.StartsWith(said ?? "", run.Said.LastOrDefault(""), StringComparison.Ordinal);
    }
}
