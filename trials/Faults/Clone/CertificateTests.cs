using System.Diagnostics;
using Infra.MySql;
using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Servers whose certificates are verified: by replicas, clones and probes, and while certificate and authority are replaced.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class CertificateTests(CertificateFixture fixture) : IClassFixture<CertificateFixture>
{
    private const string Refusal = "certificate verify failed";
    private const string Taken = "the server has the Secret's new certificate";
    private const string Folder = "/etc/mysql/conf.d/another";

    [SkippableFact]
    public async Task F46_a_server_with_another_certificate_is_refused_by_a_clone_by_replication_and_by_a_probe()
    {
        var lab = await fixture.ReadyAsync(this);
        using var stranger = new Authority("a stranger");

        // A clone: nothing of what it offers is taken.
        await lab.ScaleAsync(1);
        await lab.EmptyClaimAsync("mysql-1");
        lab.Lab.Scale(FaultLab.Set, 2);
        var seeder = await lab.RunningAsync("mysql-1", "clone-mysql");
        LabContainer.Freeze(seeder.Process);
        await PretendAsync(lab, stranger, CertificateFixture.Names);
        LabContainer.Thaw(seeder.Process);
        await lab.SaysAsync("mysql-1", "clone-mysql", Refusal);
        Assert.False(Directory.Exists(Path.Combine(await lab.VolumeAsync("mysql-1"), "mysql", "mysql")));

        // A probe: clients that verify would be refused.
        await lab.UntilAsync(() => lab.Lab.FindPod("mysql-0") is { Ready: false } found && found.Message.Contains(Refusal, StringComparison.Ordinal), "mysql-0 to be refused by its probe");
        await OwnAgainAsync(lab);
        await lab.SeededAsync();

        // Replication: another name is another server, also where the same authority vouches for it.
        await PretendAsync(lab, fixture.Authority, "mysql-0.other.default.svc");
        await lab.Cluster.SqlAsync("mysql-1", $"{ServerTerms.MySql84.StopReplication} IO_THREAD; {ServerTerms.MySql84.StartReplication} IO_THREAD;");
        await lab.ReadinessAsync("mysql-1", ready: false);
        Assert.Contains(Refusal, (await lab.Cluster.StatusAsync("mysql-1"))["reason"], StringComparison.Ordinal);
        Assert.True(lab.Lab.FindPod("mysql-0")!.Ready);
        await OwnAgainAsync(lab);
        await lab.SeededAsync();
    }

    [SkippableFact]
    public async Task F47_a_running_cluster_goes_over_to_certificates_and_clients_without_TLS_are_refused()
    {
        var lab = await fixture.ReadyAsync(this);
        Assert.Equal(
            "mysql-0.mysql.default.svc YES /etc/mysql/conf.d/tls/ca.crt",
            await lab.Cluster.SqlAsync("mysql-1", "SELECT CONCAT_WS(' ', HOST, SSL_VERIFY_SERVER_CERTIFICATE, SSL_CA_FILE) FROM performance_schema.replication_connection_configuration;"));
        Assert.Equal("TLSv1.2,TLSv1.3 1", await lab.Cluster.SqlAsync("mysql-0", "SELECT CONCAT_WS(' ', @@tls_version, @@require_secure_transport);"));
        var (_, refused) = await lab.Cluster.ExecAsync(
            "mysql-1", "mysql", "bash", "-c", "mysql --defaults-file=<(printf '[client]\\nuser=root\\npassword=%s\\nhost=mysql-0.mysql\\nssl-mode=DISABLED\\n' \"$(</mnt/credentials/root-password)\") <<<'SELECT 1;' 2>&1");
        Assert.StartsWith("ERROR 3159 ", refused, StringComparison.Ordinal);
        var (people, said) = await lab.Cluster.ExecAsync("mysql-1", "mysql", "bash", "-c", "bash /mnt/scripts/sql.sh mysql-read <<<'SELECT 42;'");
        Assert.True(people == 0 && said.Contains("42", StringComparison.Ordinal), said);

        // Exporters are clients, too.
        using var client = new HttpClient();
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            var exporter = await lab.Cluster.EndPointAsync(pod, MySqlPorts.Metrics.Number);
            Assert.Contains("\nmysql_up 1\n", await client.GetStringAsync($"http://{exporter}/metrics"), StringComparison.Ordinal);
        }
    }

    [SkippableTheory]
    [InlineData("the certificate")]
    [InlineData("its authority")]
    public async Task F48_a_certificate_that_runs_out_keeps_out_who_connects_anew_and_verifies_until_there_is_another(string ends)
    {
        const string Verifying = "bash /mnt/scripts/sql.sh mysql-0.mysql <<<'SELECT 42;' 2>&1";
        const string Anew = "STOP REPLICA IO_THREAD; START REPLICA IO_THREAD;";
        var lab = await fixture.ReadyAsync(this);
        await using var writer = await RecordingWriter.StartAsync(lab.Cluster);
        var end = DateTimeOffset.UtcNow.AddSeconds(60);
        await (ends == "the certificate"
            ? fixture.OfferAsync(fixture.Authority.Certificate, fixture.Authority.Issue(CertificateFixture.Names, end))
            : fixture.OfferAsync(fixture.Authority.CertificateUntil(end), fixture.Authority.Issue(CertificateFixture.Names)));
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            var until = end.ToString("MMM d HH:mm:ss yyyy", System.Globalization.CultureInfo.InvariantCulture).Replace(" ", " +", StringComparison.Ordinal);
            await ClusterWaits.UntilAsync(async () => System.Text.RegularExpressions.Regex.IsMatch((await lab.Cluster.StatusAsync(pod))["certificate_until"], until), () => $"{pod} to have the short certificate", 55);
        }

        await Task.Delay(end.AddSeconds(3) - DateTimeOffset.UtcNow);

        // Whoever is connected goes on, and so does who does not verify; nobody is unready.
        await writer.MoreAsync(50);
        await lab.ReceivedAsync("mysql-1");
        Assert.Equal("42", await lab.Cluster.SqlAsync("mysql-1", "SELECT 42;", "mysql-0.mysql"));
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            var status = await lab.Cluster.StatusAsync(pod);
            Assert.Equal(("yes", "the certificate has run out; clients that verify it are refused"), (status["ready"], status["tls"]));
        }

        // Who connects anew and verifies is refused.
        var (code, said) = await lab.Cluster.ExecAsync("mysql-1", "mysql", "bash", "-c", Verifying);
        Assert.True(code != 0 && said.Contains("ERROR 2026", StringComparison.Ordinal) && said.Contains(Refusal, StringComparison.Ordinal), said);
        await lab.Cluster.SqlAsync("mysql-1", Anew);
        await lab.ReadinessAsync("mysql-1", ready: false);
        Assert.Contains(Refusal, (await lab.Cluster.StatusAsync("mysql-1"))["reason"], StringComparison.Ordinal);
        Assert.True(lab.Lab.FindPod("mysql-0")!.Ready);

        // A new one mends it, without a restart, though nobody does anything else.
        await fixture.OfferAsync(fixture.Authority.Certificate, fixture.Authority.Issue(CertificateFixture.Names));
        await lab.ReadyAsync(2);
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            await ClusterWaits.UntilAsync(async () => (await lab.Cluster.StatusAsync(pod))["tls"] == "verified", () => $"{pod} to have the new certificate", 60);
        }

        Assert.Equal((0, true), ((await lab.Cluster.ExecAsync("mysql-1", "mysql", "bash", "-c", Verifying)).ExitCode, lab.Lab.State.Pods.All(pod => pod.Restarts == 0)));
        await writer.NothingIsMissingAsync(2);
    }

    [SkippableFact]
    public async Task F47_certificate_and_authority_are_replaced_under_load_and_replication_goes_on()
    {
        var lab = await fixture.ReadyAsync(this);
        using var second = new Authority("the second");
        await using var writer = await RecordingWriter.StartAsync(lab.Cluster);
        using var done = new CancellationTokenSource();
        var longest = LongestInterruptionAsync(lab, done.Token);

        var last = second.Issue(CertificateFixture.Names);
        await ReplaceAsync(lab, fixture.Authority.Certificate, fixture.Authority.Issue(CertificateFixture.Names), 1);
        await ReplaceAsync(lab, fixture.Authority.Certificate + second.Certificate, fixture.Authority.Issue(CertificateFixture.Names), 2);
        await ReplaceAsync(lab, fixture.Authority.Certificate + second.Certificate, last, 3);
        await ReplaceAsync(lab, second.Certificate, last, 4);

        // A key of another certificate: the one before holds, and is said to.
        await fixture.OfferAsync(second.Certificate, (second.Issue(CertificateFixture.Names).Certificate, last.Key));
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            await lab.SaysAsync(pod, "replication", "tls.key is not the key of the certificate");
            Assert.Equal(
                "the Secret's certificate is not taken: tls.key is not the key of the certificate in tls.crt, or has a password. The one before holds",
                (await lab.Cluster.StatusAsync(pod))["tls"]);
        }

        // A receiver that connects anew verifies by what holds now.
        await lab.Cluster.SqlAsync("mysql-1", $"{ServerTerms.MySql84.StopReplication} IO_THREAD; {ServerTerms.MySql84.StartReplication} IO_THREAD;");
        await lab.ReadyAsync(2);
        await writer.MoreAsync(20);
        await done.CancelAsync();
        Assert.InRange((await longest).TotalSeconds, 0, 10);
        await writer.NothingIsMissingAsync(2);
        Assert.All(lab.Lab.State.Pods, pod => Assert.Equal(0, pod.Restarts));

        await fixture.OfferAsync(fixture.Authority.Certificate, fixture.Authority.Issue(CertificateFixture.Names));
        await lab.SeededAsync();
    }

    /// <summary>Has every server take a new certificate from the Secret.</summary>
    private async Task ReplaceAsync(FaultLab lab, string authorities, (string Certificate, string Key) server, int times)
    {
        await fixture.OfferAsync(authorities, server);
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            await lab.UntilAsync(() => lab.Log(pod, "replication").Split(Taken).Length > times, $"{pod} to have taken {times} certificates");
        }
    }

    /// <summary>How long the replica was without a connection at most.</summary>
    private static async Task<TimeSpan> LongestInterruptionAsync(FaultLab lab, CancellationToken done)
    {
        var longest = TimeSpan.Zero;
        var connected = Stopwatch.StartNew();
        while (!done.IsCancellationRequested)
        {
            if (await lab.Cluster.TrySqlAsync("mysql-1", "SELECT SERVICE_STATE FROM performance_schema.replication_connection_status;") is (0, var state) && state.Trim() == "ON")
            {
                connected.Restart();
            }

            longest = connected.Elapsed > longest ? connected.Elapsed : longest;
            await Task.Delay(200, CancellationToken.None);
        }

        return longest;
    }

    /// <summary>The primary shows another certificate than its own. A server loads none that its own authority does not verify.</summary>
    private static async Task PretendAsync(FaultLab lab, Authority authority, params string[] names)
    {
        var (certificate, key) = authority.Issue(names);
        var here = (await lab.RunningAsync("mysql-0", "mysql")).Path(Folder);
        Directory.CreateDirectory(here);
        await File.WriteAllTextAsync(Path.Combine(here, "ca.crt"), authority.Certificate);
        await File.WriteAllTextAsync(Path.Combine(here, "tls.crt"), certificate);
        await File.WriteAllTextAsync(Path.Combine(here, "tls.key"), key);
        await FaultLab.GiveToServerAsync(here);
        await LoadAsync(lab, Folder);
    }

    private static Task<string> OwnAgainAsync(FaultLab lab) => LoadAsync(lab, "/etc/mysql/conf.d/tls");

    private static Task<string> LoadAsync(FaultLab lab, string folder) => lab.Cluster.SqlAsync(
        "mysql-0", $"SET GLOBAL ssl_ca = '{folder}/ca.crt'; SET GLOBAL ssl_cert = '{folder}/tls.crt'; SET GLOBAL ssl_key = '{folder}/tls.key'; ALTER INSTANCE RELOAD TLS;");
}
