using Xunit;

namespace Trials.LabTests;

/// <summary>A system shaped like a database's: init containers, claims with subPath, configuration, credentials, a sidecar, two Services.</summary>
[Trait("level", "lab")]
public class OrderedSystemTests
{
    [SkippableFact]
    public async Task Comes_up_with_its_configuration_credentials_and_claims()
    {
        await using var lab = await RunningLab.StartAsync();

        await lab.ApplyAsync(SampleManifests.Db(2));

        Assert.Equal("one\ntwo", await lab.ExecAsync("db-1", "cat", "/etc/conf/steps"));
        Assert.Equal("x = 1", await lab.ExecAsync("db-1", "cat", "/etc/conf/a.cnf"));
        Assert.Equal("hunter2 I am db-1", await lab.ExecAsync("db-1", "sh", "-c", "echo $PASSWORD $GREETING"));
        Assert.Equal("400 hunter2", await lab.ExecAsync("db-1", "sh", "-c", "echo $(stat -Lc %a /mnt/credentials/password) $(cat /mnt/credentials/password)"));
        Assert.Equal(["data-db-0", "data-db-1"], (await lab.Cluster.ClaimsAsync()).Select(claim => claim.Name).Order());
        var addresses = lab.Cluster.State.Pods.Select(pod => pod.Address).Order();
        Assert.Equal(addresses, (await lab.Cluster.ResolveAsync("db-read")).Order());
        Assert.Equal(addresses, (await lab.Cluster.ResolveAsync("db")).Order());
    }

    [SkippableFact]
    public async Task A_deleted_pod_returns_with_its_name_and_claim_at_a_new_address()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(2));
        var before = lab.Cluster.Pod("db-1");

        lab.Cluster.DeletePod("db-1");
        await lab.UntilAsync("db-1 is back", () => lab.Cluster.FindPod("db-1") is { IsHealthy: true } pod && pod.Uid != before.Uid);

        Assert.NotEqual(before.Address, lab.Cluster.Pod("db-1").Address);
        Assert.Equal([lab.Cluster.Pod("db-1").Address], await lab.Cluster.ResolveAsync("db-1.db"));
        Assert.Equal("start\nstart", await lab.ExecAsync("db-1", "cat", "/data/starts"));
    }

    [SkippableFact]
    public async Task A_pod_that_is_not_ready_leaves_the_read_service_only()
    {
        await using var lab = await RunningLab.StartAsync();
        await lab.ApplyAsync(SampleManifests.Db(2));
        var pods = lab.Cluster.State.Pods;

        await lab.ExecAsync("db-1", "rm", "/tmp/ready");
        await lab.UntilAsync("db-1 is unready", () => !lab.Cluster.Pod("db-1").Ready);

        await lab.UntilAsync("it has left the read Service", () => lab.Cluster.ResolveAsync("db-read").Result is [var only] && only == pods[0].Address, 2);
        Assert.Equal([pods[1].Address], await lab.Cluster.ResolveAsync("db-1.db"));
        Assert.StartsWith("Readiness probe failed", lab.Cluster.Pod("db-1").Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_service_for_ordinal_0_leads_there_alone_and_nowhere_while_it_is_not_ready()
    {
        await using var lab = await RunningLab.StartAsync();
        var write = SampleManifests.Service("db-write", "db", headless: false);
        write.Body["spec"]!["type"] = "LoadBalancer";
        write.Body["spec"]!["selector"]!["statefulset.kubernetes.io/pod-name"] = "db-0";
        await lab.ApplyAsync([write, .. SampleManifests.Db(2)]);

        Assert.Equal([lab.Cluster.Pod("db-0").Address], await lab.Cluster.ResolveAsync("db-write"));
        await lab.ExecAsync("db-0", "rm", "/tmp/ready");
        await lab.UntilAsync("db-0 has left the Service", () => lab.Cluster.ResolveAsync("db-write").Result is [], 10);
        Assert.Equal([lab.Cluster.Pod("db-1").Address], await lab.Cluster.ResolveAsync("db-read"));
    }
}
