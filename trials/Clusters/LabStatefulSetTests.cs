using Xunit;

namespace Trials.Clusters;

[Trait("level", "lab")]
public sealed class LabStatefulSetTests : StatefulSetBehaviour
{
    protected override Task<string> ImageAsync() => Task.FromResult("nginx:1.9.1");

    protected override IReadOnlyList<string> RecordForms(string place) => [.. base.RecordForms(place), $".{place}.svc"];

    protected override async Task<ICluster> StartAsync() => await LabTestCluster.StartAsync(this);
}
