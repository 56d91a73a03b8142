using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Servers that verify each other, and whose names change while they run.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class DomainTests
{
    private const string Source = "SELECT CONCAT_WS(' ', HOST, SSL_VERIFY_SERVER_CERTIFICATE) FROM performance_schema.replication_connection_configuration;";
    private const string Domain = "cluster.local";

    [SkippableFact]
    public async Task F49_another_domain_loses_nothing_and_replicas_follow_by_the_new_name()
    {
        using var authority = new Authority("the only");
        var terms = ServerTerms.MySql84 with { TlsSecret = CertificateFixture.Secret };
        await using var lab = await FaultLab.StartAsync(this, terms, 2, change: CertificateFixture.With(authority.Certificate, authority.Issue(CertificateFixture.Names)));
        await lab.SeededAsync();
        Assert.Equal("mysql-0.mysql.default.svc YES", await lab.Cluster.SqlAsync("mysql-1", Source));
        await using var writer = await RecordingWriter.StartAsync(lab.Cluster);

        // First a certificate with both forms of every name.
        var both = CertificateFixture.With(authority.Certificate, authority.Issue([.. CertificateFixture.Names, .. CertificateFixture.Names.Select(name => $"{name}.{Domain}")]));
        await lab.ApplyAsync(terms, 2, both);
        foreach (var pod in (string[])["mysql-0", "mysql-1"])
        {
            await lab.SaysAsync(pod, "replication", "the server has the Secret's new certificate");
        }

        var before = lab.Lab.State.Pods.ToDictionary(pod => pod.Name, pod => pod.Uid);
        await lab.ApplyAsync(terms with { Domain = Domain }, 2, both);
        await lab.UntilAsync(() => lab.Lab.State.Pods.All(pod => pod.Ready && !pod.Terminating && pod.Uid != before[pod.Name]), "all pods to be made again, with other names", 240);
        await ClusterWaits.UntilAsync(
            async () => await lab.Cluster.TrySqlAsync("mysql-1", Source) is (0, var source) && source.Trim() == $"mysql-0.mysql.default.svc.{Domain} YES", () => $"the replica to follow by the new name\n{lab.Story()}", 60);

        await writer.MoreAsync(20);
        await writer.NothingIsMissingAsync(2);
        Assert.Equal("verified", (await lab.Cluster.StatusAsync("mysql-1"))["tls"]);

        // A new replica verifies its donor by the new name.
        lab.Lab.Scale(FaultLab.Set, 3);
        await lab.SeededAsync(3);
    }
}
