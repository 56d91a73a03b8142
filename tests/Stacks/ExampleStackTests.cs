using Cli.Checks;
using Cli.Evaluation;
using Lab.Manifests;
using Lab.Specs;
using Xunit;

namespace Tests.Stacks;

/// <summary>The example configuration for a real cluster, as its readers evaluate and check it.</summary>
[Collection("deployment")]
public sealed class ExampleStackTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private IReadOnlyList<Manifest> manifests = [];

    public async Task InitializeAsync() => manifests = (await StackEvaluation.ObjectsAsync(
        StackFile.Read(Repository.Root, "example", []), new Passwords(Path.Combine(folder.Root, "passwords.json")))).All;

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_keeps_every_invariant() => Assert.Empty(Invariants.Check(manifests));

    [Fact]
    public void It_is_a_cluster_of_three_with_all_its_Services() => Assert.Equal(
        ["Service/shop", "Service/shop-archive", "Service/shop-read", "Service/shop-write", "StatefulSet/shop", "StatefulSet/shop-archive"],
        manifests.Where(manifest => manifest.Kind is "Service" or "StatefulSet").Select(manifest => $"{manifest.Kind}/{manifest.Name}").Order(StringComparer.Ordinal));

    /// <summary>A Service without ports among it, as the archive's pod has none.</summary>
    [Fact]
    public void The_lab_reads_it()
    {
        var lab = DesiredCluster.Read(manifests);
        Assert.Equal(["shop", "shop-archive"], lab.Sets.Select(set => set.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["shop", "shop-archive"], lab.Services.Where(service => service.Headless).Select(service => service.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void It_makes_no_namespace() => Assert.DoesNotContain(manifests, manifest => manifest.Kind == "Namespace");

    [Fact]
    public void It_replicates_semi_synchronously_by_GTID()
    {
        var config = manifests.Single(manifest => manifest.Kind == "ConfigMap" && manifest.Body["data"]!["lib.sh"] is not null && manifest.Body["data"]!["backup.sh"] is null).Body["data"]!;
        var lines = config["primary.cnf"]!.GetValue<string>().Split('\n');
        Assert.Contains("gtid-mode = ON", lines);
        Assert.Contains("loose-rpl-semi-sync-source-enabled = ON", lines);
        Assert.Contains("innodb_buffer_pool_size = 5G", lines);
    }

    [Fact]
    public void Writers_come_through_a_load_balancer()
    {
        var write = manifests.Single(manifest => manifest.Name == "shop-write").Body;
        Assert.Equal("LoadBalancer", write["spec"]!["type"]!.GetValue<string>());
        Assert.Equal("internal", write["metadata"]!["annotations"]!["service.beta.kubernetes.io/aws-load-balancer-scheme"]!.GetValue<string>());
    }
}
