using Trials.Clusters;
using Xunit;

namespace Trials.Faults.Clone;

/// <summary>A server all of whose connections are taken serves as many clients as it may. It is not ill.</summary>
[Trait("level", "lab")]
[Trait("suite", "faults")]
public sealed class ConnectionTests
{
    private const int Most = 5;

    [SkippableFact]
    public async Task F42_a_server_whose_connections_are_all_taken_stays_ready_and_its_cluster_s_own_work_goes_on()
    {
        await using var lab = await FaultLab.StartAsync(this, ServerTerms.MySql84, 2);
        foreach (var pod in new[] { "mysql-0", "mysql-1" })
        {
            await lab.Cluster.SqlAsync(pod, $"SET GLOBAL max_connections = {Most};");
        }

        await lab.Cluster.SqlAsync("mysql-0", "CREATE USER 'crowd'@'%';");
        await lab.SeededAsync();
        var since = lab.Lab.State.Pods.Select(pod => pod.ReadySince).ToList();
        foreach (var pod in new[] { "mysql-0", "mysql-1" })
        {
            await lab.Cluster.ExecAsync(
                pod, "mysql", "bash", "-c", $"for ((i = 0; i < {2 * Most}; i++)); do (while true; do mysql -u crowd -h 127.0.0.1 -e 'SELECT SLEEP(60)' || sleep 1; done) </dev/null >/dev/null 2>&1 & done");
            await ClusterWaits.UntilAsync(
                async () => (await lab.Cluster.ExecAsync(pod, "mysql", "bash", "-c", "mysql -u crowd -h 127.0.0.1 -e 'SELECT 1' 2>&1")).Output.Contains("ERROR 1040", StringComparison.Ordinal),
                () => $"the connections of {pod} to be taken",
                30);
        }

        // Six readiness probes, and two for liveness.
        await Task.Delay(TimeSpan.FromSeconds(20));
        Assert.Equal(since, lab.Lab.State.Pods.Select(pod => pod.ReadySince));
        Assert.All(lab.Lab.State.Pods, pod => Assert.Equal((true, 0), (pod.Ready, pod.Restarts)));
        Assert.Equal("", (await lab.Cluster.StatusAsync("mysql-1"))["reason"]);
        await lab.SaysAsync("mysql-1", "replication", "replication is in the server's own hands");
    }
}
