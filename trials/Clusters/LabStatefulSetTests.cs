using Xunit;

namespace Trials.Clusters;

[Trait("level", "lab")]
public sealed class LabStatefulSetTests : StatefulSetBehaviour
{
    protected override Task<string> ImageAsync() => Task.FromResult("nginx:1.9.1");

    protected override IReadOnlyList<string> RecordForms(string place) => [.. base.RecordForms(place), $".{place}.svc"];

    [SkippableFact]
    public async Task Security_a_pod_that_says_nothing_is_its_image_s_root_and_writes_where_it_likes()
    {
        var manifests = await ManifestsAsync(1, storage: false, "IfNotPresent");
        var pod = PodOf(manifests);
        pod.Remove("securityContext");
        pod["containers"]![0]!.AsObject().Remove("securityContext");
        await Cluster.ApplyAsync(manifests);
        await Cluster.ReadyAsync("web", 1);
        Assert.Equal("0", await RunAsync("web-0", "touch /written && stat -c %u /written"));
        Assert.DoesNotContain("CapEff:\t0000000000000000", await RunAsync("web-0", "cat /proc/self/status"), StringComparison.Ordinal);
    }

    protected override async Task<ICluster> StartAsync() => await LabTestCluster.StartAsync(this);
}
