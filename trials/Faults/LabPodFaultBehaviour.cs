using Lab.Manifests;
using Trials.Clusters;

namespace Trials.Faults;

/// <summary>The faults of pods, on the lab.</summary>
public abstract class LabPodFaultBehaviour(PodFaultFixture fixture) : PodFaultBehaviour(fixture)
{
    protected override async Task<ICluster> StartAsync() => await LabTestCluster.StartAsync(this);

    protected override async Task<IReadOnlyList<Manifest>> ManifestsAsync(string namespaceName, int replicas) =>
        Haste.Of(Patience.Of(await Stack.MySqlAsync(Terms.Settings(replicas))));
}
