using Lab.Manifests;
using Tests.Clusters;
using Xunit;

namespace Tests.Faults;

[Trait("level", "cluster")]
[Trait("suite", "faults")]
[Collection("deployment")]
public sealed class KubernetesPodFaultTests(PodFaultFixture fixture) : PodFaultBehaviour(fixture), IClassFixture<PodFaultFixture>
{
    protected override ServerTerms Terms => ServerTerms.MySql57;

    protected override async Task<ICluster> StartAsync() => await KubectlCluster.StartAsync();

    // Small enough for one small node to hold three.
    protected override async Task<IReadOnlyList<Manifest>> ManifestsAsync(string namespaceName, int replicas) => await Stack.MySqlAsync(new
    {
        name = "mysql",
        profile = "mysql-5.7",
        replicas,
        @namespace = namespaceName,
        maxLagSeconds = 5,
        images = new
        {
            server = await KubectlCluster.ImageAsync("mysql:5.7"),
            xtrabackup = await KubectlCluster.ImageAsync("xtrabackup:1.0") is var image && image == "xtrabackup:1.0" ? "gcr.io/google-samples/xtrabackup:1.0" : image,
        },
        pullPolicy = "IfNotPresent",
        resources = new { cpu = "100m", memory = "256Mi" },
    });
}
