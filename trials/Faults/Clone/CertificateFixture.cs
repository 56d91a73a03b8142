using System.Text.Json.Nodes;
using Lab.Manifests;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>Two servers that were there before they had certificates, and then went over to them, with an exporter each, for all tests of a class.</summary>
public sealed class CertificateFixture : IAsyncLifetime
{
    /// <summary>The Secret's name.</summary>
    internal const string Secret = "servers";

    private FaultLab? lab;

    /// <summary>Whose certificates the servers begin with.</summary>
    internal Authority Authority { get; } = new("the first");

    /// <summary>The names that the servers' certificate has to have.</summary>
    internal static string[] Names { get; } = ["*.mysql.default.svc", "mysql-read.default.svc", "mysql-write.default.svc"];

    private static ServerTerms Terms { get; } = ServerTerms.MySql84 with { TlsSecret = Secret, HasMetrics = true };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        Authority.Dispose();
        if (lab is not null)
        {
            await lab.DisposeAsync();
        }
    }

    /// <summary>The servers, with certificates.</summary>
    internal async Task<FaultLab> ReadyAsync(object test)
    {
        if (lab is null)
        {
            lab = await FaultLab.StartAsync(test, ServerTerms.MySql84, 2);
            await using var writer = await RecordingWriter.StartAsync(lab.Cluster);
            await OfferAsync(Authority.Certificate, Authority.Issue(Names));
            await lab.SaysAsync("mysql-1", "replication", "a certificate that was verified", 240);
            await lab.ReadyAsync(2);
            await writer.NothingIsMissingAsync(2);
        }

        await lab.SeededAsync();
        return lab;
    }

    /// <summary>Gives the Secret an authority and a certificate.</summary>
    internal Task OfferAsync(string authorities, (string Certificate, string Key) server) => lab!.ApplyAsync(Terms, 2, With(authorities, server));

    /// <summary>The program's objects, and the Secret that servers have their certificate from.</summary>
    internal static Func<IReadOnlyList<Manifest>, IReadOnlyList<Manifest>> With(string authorities, (string Certificate, string Key) server) => manifests =>
    [
        .. manifests,
        new Manifest(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = new JsonObject { ["name"] = Secret },
            ["type"] = "kubernetes.io/tls",
            ["stringData"] = new JsonObject { ["ca.crt"] = authorities, ["tls.crt"] = server.Certificate, ["tls.key"] = server.Key },
        }),
    ];
}
