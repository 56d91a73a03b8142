using Cli.Checks;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Checks;

/// <summary>What is said of clusters whose servers nobody verifies.</summary>
[Collection("deployment")]
public sealed class UnverifiedTests
{
    private const string Told = "told: StatefulSet/db: ";

    [Theory]
    [InlineData("""[{ "name": "db" }]""", Told + "its servers speak TLS and nobody verifies them; the setting tls gives them certificates, see docs/tls.md (mysql-certificates)")]
    [InlineData("""[{ "name": "db", "profile": "mysql-5.7" }]""", Told + "nobody verifies its servers, and replication and clients may go unencrypted; mysql-8.4 and mysql-9.7 take certificates, see docs/tls.md (mysql-certificates)")]
    [InlineData("""[{ "name": "db", "tls": { "secret": "servers" } }]""", null)]
    public async Task A_cluster_without_certificates_is_named(string systems, string? sentence)
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { ["mysql"] = systems, ["web"] = """[{ "name": "pages" }]""" });
        var manifests = engine.Begun.Where(resource => resource.IsKubernetes).Select(resource => new Manifest(resource.Inputs)).ToList();
        Assert.Equal(sentence is null ? [] : [sentence], Unverified.Of(manifests));
    }
}
