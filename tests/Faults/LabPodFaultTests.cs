using Lab.Manifests;
using Tests.Clusters;
using Xunit;

namespace Tests.Faults;

[Trait("level", "lab")]
[Trait("suite", "faults")]
[Collection("deployment")]
public sealed class LabPodFaultTests(PodFaultFixture fixture) : PodFaultBehaviour(fixture), IClassFixture<PodFaultFixture>
{
    protected override async Task<ICluster> StartAsync() => await LabTestCluster.StartAsync();

    protected override Task<IReadOnlyList<Manifest>> ManifestsAsync(string namespaceName, int replicas) => Stack.MySqlAsync(FaultLab.Settings(replicas));
}
