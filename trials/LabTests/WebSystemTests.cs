using Xunit;

namespace Trials.LabTests;

[Trait("level", "lab")]
[Trait("quick", "yes")]
public class WebSystemTests
{
    [SkippableFact]
    public async Task Comes_up_in_order_with_names()
    {
        await using var lab = await RunningLab.StartAsync();

        await lab.ApplyAsync(SampleManifests.Web());

        var pods = lab.Cluster.State.Pods;
        Assert.Equal(["web-0", "web-1"], pods.Select(pod => pod.Name));
        Assert.True(pods[1].CreatedAt >= pods[0].ReadySince, lab.Story());
        Assert.Equal([pods[1].Address], await lab.Cluster.ResolveAsync("web-1.nginx"));
        Assert.Equal("web-1", await lab.ExecAsync("web-1", "sh", "-c", "cat /etc/hostname"));
        Assert.Contains("web-0", await lab.ExecAsync("web-1", "getent", "hosts", "web-0.nginx.default.svc.cluster.local"), StringComparison.Ordinal);
    }
}
