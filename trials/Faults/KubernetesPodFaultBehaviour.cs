using Lab.Manifests;
using Trials.Clusters;

namespace Trials.Faults;

/// <summary>The faults of pods, on a real cluster.</summary>
public abstract class KubernetesPodFaultBehaviour(PodFaultFixture fixture) : PodFaultBehaviour(fixture)
{
    protected override async Task<ICluster> StartAsync() => await KubernetesCluster.StartAsync();

    // Small enough for one small node to hold three.
    protected override async Task<IReadOnlyList<Manifest>> ManifestsAsync(string namespaceName, int replicas) => Patience.Of(await Stack.MySqlAsync(new
    {
        name = FaultLab.Set,
        profile = Terms.Profile.Name,
        replicas,
        @namespace = namespaceName,
        maxLagSeconds = 5,
        images = await ImagesAsync(),
        pullPolicy = "IfNotPresent",
        resources = new { cpu = "100m", memory = "256Mi" },
    }));

    private async Task<Dictionary<string, string>> ImagesAsync()
    {
        var images = new Dictionary<string, string> { ["server"] = await KubernetesCluster.ImageAsync(Terms.Profile.ServerImage) };
        if (Terms.Profile.Seeding.ToolsImage is { } tools)
        {
            images["xtrabackup"] = await KubernetesCluster.ImageAsync(tools);
        }

        return images;
    }
}
