using Xunit;

namespace Trials.Clusters;

[Trait("level", "cluster")]
public sealed class KubernetesStatefulSetTests : StatefulSetBehaviour
{
    protected override Task<string> ImageAsync() => KubernetesCluster.ImageAsync("nginx:1.9.1");

    protected override async Task<ICluster> StartAsync() => await KubernetesCluster.StartAsync();
}
