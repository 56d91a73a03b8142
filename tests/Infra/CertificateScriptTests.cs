using System.Globalization;
using Trials.Faults.Clone;
using Xunit;

namespace Tests.Infra;

/// <summary>The certificate of a pod's server, by tls.sh: what is taken from the Secret, when the server gets it, and who is held to it.</summary>
public sealed class CertificateScriptTests
{
    private const string Own = "root:rootpassword@127.0.0.1";
    private const string Primary = "mysql-0.mysql.shop.svc";
    private static readonly string[] Names = ["*.mysql.shop.svc"];

    [Fact]
    public async Task A_new_pod_begins_with_the_Secret_s_certificate_and_its_server_is_told_where_it_is()
    {
        using var authority = new Authority("one");
        using var pod = Pod(0);
        var (certificate, key) = Offer(pod, authority);
        pod.HasData("mysql-0");

        Assert.Equal(0, (await pod.RunAsync("init-mysql.sh")).ExitCode);

        Assert.Equal((authority.Certificate, certificate, key), (pod.Read("conf.d/tls/ca.crt"), pod.Read("conf.d/tls/tls.crt"), pod.Read("conf.d/tls/tls.key")));
        Assert.Equal(["0600", "0600", "0600"], ((string[])["ca.crt", "tls.crt", "tls.key"]).Select(file => pod.Mode($"conf.d/tls/{file}")));
        Assert.Equal(
            """
            [mysqld]
            ssl-ca = /etc/mysql/conf.d/tls/ca.crt
            ssl-cert = /etc/mysql/conf.d/tls/tls.crt
            ssl-key = /etc/mysql/conf.d/tls/tls.key
            require-secure-transport = ON

            """,
            pod.Read("conf.d/tls.cnf"));
        Assert.Equal($"tls.{pod.Read("conf.d/tls.served").Trim()}", new DirectoryInfo(pod.Path("conf.d/tls")).LinkTarget);
    }

    public static TheoryData<string, string> Faulty => new()
    {
        { "no ca.crt", "it has no ca.crt; it takes ca.crt tls.crt tls.key" },
        { "empty tls.key", "it has no tls.key; it takes ca.crt tls.crt tls.key" },
        { "no certificate", "tls.crt holds no certificate" },
        { "another key", "tls.key is not the key of the certificate in tls.crt, or has a password" },
        { "another authority", "ca.crt does not verify the certificate in tls.crt: unable to get local issuer certificate" },
        { "no authority", "ca.crt does not verify the certificate in tls.crt: ca.crt holds no certificate" },
        { "another name", "the certificate in tls.crt does not name mysql-1.mysql.shop.svc; with *.mysql.shop.svc among its names it would" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task What_cannot_be_used_is_not_taken_and_named(string fault, string sentence)
    {
        using var authority = new Authority("one");
        using var other = new Authority("one");
        using var pod = Pod(1);
        Break(pod, authority, other, fault);
        pod.HasData("mysql-1");

        var run = await pod.RunAsync("init-mysql.sh");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"the Secret's certificate is not taken: {sentence}", run.Said[^1]);
        Assert.False(Path.Exists(pod.Path("conf.d/tls.cnf")));
    }

    [Theory]
    [MemberData(nameof(Faulty))]
    public async Task While_the_Secret_s_is_faulty_the_one_before_holds(string fault, string sentence)
    {
        using var authority = new Authority("one");
        using var other = new Authority("one");
        using var pod = Pod(1);
        var (certificate, _) = Offer(pod, authority);
        await BeginAsync(pod);
        Break(pod, authority, other, fault);

        await KeepAsync(pod);

        Assert.Equal($"the Secret's certificate is not taken: {sentence}. The one before holds\n", pod.Read("conf.d/tls.problem"));
        Assert.Equal(certificate, pod.Read("conf.d/tls/tls.crt"));
        Assert.Empty(pod.CallsOf("mysql"));
    }

    [Fact]
    public async Task A_new_certificate_is_loaded_without_a_restart_once_and_the_old_one_goes()
    {
        using var authority = new Authority("one");
        using var pod = Pod(1);
        Offer(pod, authority);
        await BeginAsync(pod);
        var (certificate, _) = Offer(pod, authority);
        pod.Answers(Own, "ALTER INSTANCE RELOAD TLS;", "");

        var run = await KeepAsync(pod, "keep_certificate; keep_certificate");

        Assert.Matches("^the server has the Secret's new certificate; it ends [A-Z][a-z]{2} .* GMT$", Assert.Single(run.Said));
        Assert.Single(pod.Calls, call => call.Contains("ALTER INSTANCE RELOAD TLS;", StringComparison.Ordinal));
        Assert.Equal(certificate, pod.Read("conf.d/tls/tls.crt"));
        Assert.Single(Directory.EnumerateDirectories(pod.Path("conf.d")), folder => Path.GetFileName(folder) != "tls");
    }

    [Fact]
    public async Task A_server_that_is_away_gets_it_later()
    {
        using var authority = new Authority("one");
        using var pod = Pod(1);
        Offer(pod, authority);
        await BeginAsync(pod);
        Offer(pod, authority);

        Assert.Empty((await KeepAsync(pod)).Said);
        pod.Answers(Own, "ALTER INSTANCE RELOAD TLS;", "");
        Assert.Single((await KeepAsync(pod)).Said);
    }

    [Fact]
    public async Task What_the_server_itself_cannot_load_is_taken_back()
    {
        using var authority = new Authority("one");
        using var pod = Pod(1);
        var (certificate, _) = Offer(pod, authority);
        await BeginAsync(pod);
        Offer(pod, authority);
        pod.Answers(Own, "ALTER INSTANCE RELOAD TLS;", "ERROR 3888 (HY000) at line 1: Failed to set up SSL: ee key too small");

        await KeepAsync(pod, "keep_certificate; keep_certificate");

        Assert.EndsWith("ee key too small. The one before holds\n", pod.Read("conf.d/tls.problem"), StringComparison.Ordinal);
        Assert.Equal(certificate, pod.Read("conf.d/tls/tls.crt"));
        Assert.Single(pod.Calls, call => call.Contains("ALTER INSTANCE RELOAD TLS;", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mysql-0.mysql.shop.svc", "", "ssl-mode=VERIFY_IDENTITY\nssl-ca=/conf.d/tls/ca.crt\n")]
    [InlineData("127.0.0.1", "", "ssl-mode=PREFERRED\n")]
    [InlineData("localhost", "", "")]
    [InlineData("mysql-0.mysql.shop.svc", ": >\"$UNVERIFIED\"; ", "ssl-mode=REQUIRED\n")]
    [InlineData("mysql-0.mysql.shop.svc", ": >\"$UNVERIFIED\"; VERIFY=yes; ", "ssl-mode=VERIFY_IDENTITY\nssl-ca=/conf.d/tls/ca.crt\n")]
    [InlineData("127.0.0.1", "MODE_HERE=VERIFY_CA; ", "ssl-mode=VERIFY_CA\nssl-ca=/conf.d/tls/ca.crt\n")]
    [InlineData("mysql-0.mysql.shop.svc", "TLS_REQUIRED=; ", "")]
    public async Task Whoever_is_asked_over_the_network_has_to_be_whom_it_is_called(string host, string before, string options)
    {
        using var pod = Pod(1);
        var run = await pod.CallAsync("lib.sh", $"load_secrets; {before}client_options health {host}");
        Assert.Equal(options, string.Concat(run.Output.Split('\n').Where(line => line.StartsWith("ssl", StringComparison.Ordinal)).Select(line => $"{line}\n")));
    }

    [Theory]
    [InlineData(1, false, true, false)]
    [InlineData(1, true, false, true)]
    [InlineData(0, false, false, true)]
    public async Task Data_of_before_there_were_certificates_may_follow_unverified_once(int ordinal, bool noted, bool unverified, bool notedAfter)
    {
        using var authority = new Authority("one");
        using var pod = Pod(ordinal);
        Offer(pod, authority);
        pod.HasData($"mysql-{ordinal}");
        if (noted)
        {
            pod.Write("volume/mysql/tls-verified", string.Empty);
        }

        await pod.RunAsync("init-mysql.sh");

        Assert.Equal((unverified, notedAfter), (File.Exists(pod.Path("conf.d/tls.unverified")), File.Exists(pod.Path("volume/mysql/tls-verified"))));
    }

    [Fact]
    public async Task Without_certificates_the_note_goes_so_that_they_can_come_again()
    {
        using var pod = new ScriptPod("mysql-8.4", 1);
        pod.HasData("mysql-1");
        pod.Write("volume/mysql/tls-verified", string.Empty);
        await pod.RunAsync("init-mysql.sh");
        Assert.False(File.Exists(pod.Path("volume/mysql/tls-verified")));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("ERROR 2026 (HY000): SSL connection error: certificate verify failed", false)]
    public async Task The_first_time_that_the_primary_can_be_verified_is_the_last_that_it_need_not(string answer, bool verified)
    {
        using var pod = Pod(1);
        Directory.CreateDirectory(pod.Path("volume/mysql"));
        pod.Write("conf.d/tls.unverified", string.Empty);
        pod.Answers($"replication:replicationpassword@{Primary}", "SELECT 1;", answer);
        pod.KeepFunctionsOf("replication.sh");

        await pod.CallAsync("replication.sh", "load_secrets; ROUND=5; verify_as_soon_as_possible");

        Assert.Equal((!verified, verified), (File.Exists(pod.Path("conf.d/tls.unverified")), File.Exists(pod.Path("volume/mysql/tls-verified"))));
    }

    [Theory]
    [InlineData("mysql-0.mysql", "SOURCE_HOST='mysql-0.mysql.shop.svc', SOURCE_PORT=3306, ")]
    [InlineData("mysql-0.mysql.shop.svc", "")]
    public async Task A_login_is_renewed_under_the_name_of_now_with_what_is_asked_of_the_certificate(string follows, string host)
    {
        using var pod = Pod(1);
        pod.Answers(Own, "", "");
        pod.KeepFunctionsOf("replication.sh");

        await pod.CallAsync("replication.sh", $"load_secrets; FIELD[Source_Host]={follows}; refresh_login");

        Assert.Equal(
            $"  STOP REPLICA IO_THREAD; CHANGE REPLICATION SOURCE TO {host}SOURCE_USER='replication', SOURCE_PASSWORD='replicationpassword', SOURCE_CONNECT_RETRY=5, SOURCE_HEARTBEAT_PERIOD=5,"
                + " SOURCE_SSL=1, SOURCE_RETRY_COUNT=1000000000, SOURCE_SSL_CA='/conf.d/tls/ca.crt', SOURCE_SSL_VERIFY_SERVER_CERT=1;",
            pod.Calls[^1]);
    }

    [Theory]
    [InlineData("mysql-8.4", "a-0.a", "a-0.a.shop.svc", true)]
    [InlineData("mysql-8.4", "a-0.a.shop.svc.cluster.local", "a-0.a.shop.svc", true)]
    [InlineData("mysql-8.4", "a-0.a.shop.svc", "a-0.a.other.svc", false)]
    [InlineData("mysql-8.4", "a-0.a", "a-0.ab.shop.svc", false)]
    [InlineData("mysql-8.4", "a-0.a", "a-0.a.other.svc.cluster.local", false)]
    [InlineData("mysql-8.4", "a-1.a", "a-0.a.shop.svc", false)]
    [InlineData("mysql-5.7", "a-0.a", "a-0.a.shop.svc", false)]
    [InlineData("mysql-5.7", "a-0.a", "a-0.a", true)]
    public async Task A_short_and_a_full_name_are_one_server_where_a_new_name_costs_no_position(string profile, string one, string other, bool same)
    {
        using var pod = new ScriptPod(profile, 1);
        pod.Write("resolv.conf", "search shop.svc.cluster.local svc.cluster.local\nnameserver 127.0.0.1\n");
        var ask = $"if same_peer {one} {other}; then echo same; fi";
        Assert.Equal(same ? "same\n" : "", (await pod.CallAsync("lib.sh", $"NAMESPACE=shop; {ask}")).Output);
        // Where there are no certificates the resolver tells it.
        Assert.Equal(same ? "same\n" : "", (await pod.CallAsync("lib.sh", $"RESOLVER='{pod.Path("resolv.conf")}'; {ask}")).Output);
    }

    [Theory]
    [InlineData("mysql-read", "mysql-read.shop.svc")]
    [InlineData("mysql-0.mysql", "mysql-0.mysql.shop.svc")]
    [InlineData("mysql-0.mysql.shop.svc", "mysql-0.mysql.shop.svc")]
    [InlineData("127.0.0.1", "127.0.0.1")]
    public async Task People_may_call_a_host_by_its_short_name(string said, string asked)
    {
        using var pod = Pod(1);
        pod.Answers("*", "", "");
        await pod.RunAsync("sql.sh", said);
        Assert.StartsWith($"mysql root@{asked} ", pod.Calls[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ON", "impostor")]
    [InlineData("", "unreachable")]
    public async Task A_primary_that_cannot_be_verified_is_no_primary_where_there_are_certificates(string required, string seen)
    {
        using var pod = Pod(1);
        pod.Environment["TLS_REQUIRED"] = required;
        pod.Answers(Own, "cluster_identity", "uuid\ta\nhistory a:1-5|\nid");
        pod.Answers("replication:*", "cluster_identity", "ERROR 2026 (HY000): SSL connection error: certificate verify failed");
        pod.KeepFunctionsOf("replication.sh");
        Assert.Equal($"{seen}\n", (await pod.CallAsync("replication.sh", "load_secrets; look_at_primary; echo $SEEN")).Output);
    }

    [Fact]
    public async Task What_was_received_from_a_primary_that_cannot_be_verified_any_more_is_applied_and_nothing_else_is_done()
    {
        using var pod = Pod(1);
        pod.Write("conf.d/replication.behind", string.Empty);
        pod.KeepFunctionsOf("replication.sh");
        await pod.CallAsync(
            "replication.sh",
            "load_secrets; look_at_primary() { SEEN=impostor; IMPOSTURE='ERROR 2026'; }; FIELD[Replica_SQL_Running]=Yes; FIELD[Last_SQL_Errno]=0; release");
        Assert.EndsWith(
            $" impostor {Primary} shows no certificate that ca.crt verifies for this name, and is not followed: ERROR 2026. Where the primary is still of before there were certificates,"
                + " it has to be made anew: without update.partition and update.primary, kubectl delete pod mysql-0\n",
            pod.Read("conf.d/replication.state"),
            StringComparison.Ordinal);
        Assert.True(File.Exists(pod.Path("conf.d/replication.behind")));
        Assert.Empty(pod.CallsOf("mysql"));
    }

    [Theory]
    [InlineData(23, false, "the server does not answer: ERROR 2026 (HY000): SSL connection error: certificate verify failed")]
    [InlineData(0.5, true, "")]
    public async Task A_server_whose_certificate_a_client_would_refuse_is_not_ready_unless_it_has_only_run_out(double hours, bool ready, string reason)
    {
        using var authority = new Authority("one");
        using var pod = Pod(0);
        var issued = authority.Issue(Names, DateTimeOffset.UtcNow.AddHours(hours - 1));
        pod.Write("conf.d/tls/tls.crt", issued.Certificate);
        pod.Write("conf.d/tls/ca.crt", authority.Certificate);
        pod.AnswersOnce("health:*", "", "ERROR 2026 (HY000): SSL connection error: certificate verify failed");
        pod.Answers("health:*", "", ServerStatus.Alone(100, readOnly: false));

        var run = await pod.RunAsync("ready.sh");

        Assert.Equal((ready ? 0 : 1, reason), (run.ExitCode, run.Output.Trim().Replace("not ready: ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_probe_asks_with_the_eyes_of_a_client()
    {
        using var pod = Pod(0);
        Assert.Contains("\nssl-mode=VERIFY_CA\nssl-ca=/conf.d/tls/ca.crt\n", (await pod.CallAsync("lib.sh health.sh", "load_secrets; client_options health 127.0.0.1")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "verified")]
    [InlineData("conf.d/tls.unverified", "mysql-0.mysql.shop.svc is not verified yet")]
    [InlineData("conf.d/tls.problem", "the reason")]
    public async Task Status_says_how_it_stands(string file, string tls)
    {
        using var authority = new Authority("one");
        using var pod = Pod(0);
        pod.Write("conf.d/tls/tls.crt", authority.Issue(Names).Certificate);
        if (file.Length > 0)
        {
            pod.Write(file, "the reason");
        }

        pod.Answers("health:*", "", ServerStatus.Alone(100, readOnly: false));

        var said = (await pod.RunAsync("status.sh")).Output;

        Assert.Contains($"\ntls={tls}\n", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("another", 20)]
    [InlineData("of before", 10)]
    [InlineData("of before, renewed", 20)]
    [InlineData("of before, run out, renewed", 20)]
    [InlineData("of before, run out", -1)]
    public async Task Status_says_until_when_something_vouches_for_the_certificate(string authorities, int hours)
    {
        using var authority = new Authority("one");
        using var other = new Authority("two");
        using var pod = Pod(0);
        var now = DateTimeOffset.UtcNow;
        var ends = now.AddHours(20);
        pod.Write("conf.d/tls/tls.crt", authority.Issue(Names, ends).Certificate);
        pod.Write("conf.d/tls/ca.crt", authorities switch
        {
            "another" => other.CertificateUntil(now.AddHours(5)) + authority.Certificate,
            "of before" => authority.CertificateUntil(now.AddHours(10)),
            "of before, renewed" => authority.CertificateUntil(now.AddHours(10)) + authority.Certificate,
            "of before, run out, renewed" => authority.Certificate + authority.CertificateUntil(now.AddMinutes(-10)),
            "of before, run out" => authority.CertificateUntil(now.AddHours(-1).AddMinutes(5)),
            _ => authority.Certificate,
        });
        pod.Answers("health:*", "", ServerStatus.Alone(100, readOnly: false));

        var said = (await pod.RunAsync("status.sh")).Output;

        var until = hours < 0 ? now.AddHours(-1).AddMinutes(5) : now.AddHours(hours);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\ncertificate_until={until:MMM} {until.Day,2} {until:HH:mm:ss yyyy} GMT\n"), said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CLONE_is_told_of_the_authority()
    {
        using var pod = Pod(1);
        pod.KeepFunctionsOf("clone-mysql.sh");
        var run = await pod.CallAsync("clone-mysql.sh", "load_secrets; clone_statements mysql-0.mysql.shop.svc");
        Assert.StartsWith("SET GLOBAL clone_ssl_ca = '/conf.d/tls/ca.crt';\nSET GLOBAL clone_valid_donor_list = 'mysql-0.mysql.shop.svc:3306';\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exporter_is_told_of_an_authority_so_that_it_speaks_TLS()
    {
        using var authority = new Authority("one");
        using var pod = Pod(1);
        pod.HasExporter();
        Offer(pod, authority);
        await pod.CallAsync("lib.sh tls.sh exporter.sh", "load_secrets; first_certificate; write_exporter_options");
        Assert.EndsWith("\nssl-ca=/metrics/ca.crt\n", pod.Read("metrics/my.cnf").Replace(pod.Path("metrics"), "/metrics", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(authority.Certificate, pod.Read("metrics/ca.crt"));
    }

    private static ScriptPod Pod(int ordinal)
    {
        var pod = new ScriptPod("mysql-8.4", ordinal);
        pod.Environment["NAMESPACE"] = "shop";
        pod.Environment["PRIMARY_HOST"] = Primary;
        pod.Environment["HEADLESS_SERVICE"] = "mysql.shop.svc";
        pod.Environment["TLS_REQUIRED"] = "ON";
        pod.Environment["TLS_DIRECTORY"] = pod.Path("tls");
        return pod;
    }

    private static (string Certificate, string Key) Offer(ScriptPod pod, Authority authority, params string[] names)
    {
        var issued = authority.Issue(names.Length == 0 ? Names : names);
        pod.Write("tls/ca.crt", authority.Certificate);
        pod.Write("tls/tls.crt", issued.Certificate);
        pod.Write("tls/tls.key", issued.Key);
        return issued;
    }

    private static void Break(ScriptPod pod, Authority authority, Authority other, string fault)
    {
        Offer(pod, authority, fault == "another name" ? "mysql-1.other.shop.svc" : Names[0]);
        switch (fault)
        {
            case "no ca.crt":
                File.Delete(pod.Path("tls/ca.crt"));
                break;
            case "empty tls.key":
                pod.Write("tls/tls.key", string.Empty);
                break;
            case "no certificate":
                pod.Write("tls/tls.crt", "no certificate");
                break;
            case "another key":
                pod.Write("tls/tls.key", authority.Issue(Names).Key);
                break;
            case "another authority":
                pod.Write("tls/ca.crt", other.Certificate);
                break;
            case "no authority":
                pod.Write("tls/ca.crt", "nobody");
                break;
        }
    }

    private static Task<ScriptRun> BeginAsync(ScriptPod pod) => pod.CallAsync("lib.sh tls.sh", "first_certificate");

    private static Task<ScriptRun> KeepAsync(ScriptPod pod, string commands = "keep_certificate") =>
        pod.CallAsync("lib.sh tls.sh", $"load_secrets; ROUND=5; admin() {{ sql root 127.0.0.1; }}; {commands}");
}
