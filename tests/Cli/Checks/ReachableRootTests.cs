using Cli.Checks;
using Lab.Manifests;
using Xunit;

namespace Tests.Cli.Checks;

/// <summary>What is said of clusters whose root may log in from elsewhere.</summary>
[Collection("deployment")]
public sealed class ReachableRootTests
{
    private const string Told =
        "told: StatefulSet/db: root may log in from wherever its servers are reached; with remoteRoot: false it does from their own pods alone, see docs/security.md (mysql-remote-root)";

    [Theory]
    [InlineData("""[{ "name": "db" }]""", Told)]
    [InlineData("""[{ "name": "db", "profile": "mysql-5.7" }]""", Told)]
    [InlineData("""[{ "name": "db", "remoteRoot": true }]""", Told)]
    [InlineData("""[{ "name": "db", "remoteRoot": false }]""", null)]
    public async Task A_cluster_whose_root_comes_from_elsewhere_is_named(string systems, string? sentence)
    {
        var engine = new Engine();
        await engine.RunStackAsync(new Dictionary<string, string> { ["mysql"] = systems, ["web"] = """[{ "name": "pages" }]""" });
        var manifests = engine.Begun.Where(resource => resource.IsKubernetes).Select(resource => new Manifest(resource.Inputs)).ToList();
        Assert.Equal(sentence is null ? [] : [sentence], ReachableRoot.Of(manifests));
    }
}
