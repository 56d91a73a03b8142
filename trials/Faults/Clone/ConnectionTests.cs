using Trials.Clients;
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
        var user = new ClientUser("crowd", "faults");
        await lab.WriteAsync();
        await lab.Cluster.SqlAsync("mysql-0", user.Creation);
        await lab.SeededAsync();
        await using var first = await TakeAsync(lab, user, "mysql-0");
        await using var second = await TakeAsync(lab, user, "mysql-1");
        Assert.All([first, second], crowd => Assert.InRange(crowd.Count, 1, Most));
        var since = lab.Lab.State.Pods.Select(pod => pod.ReadySince).ToList();

        // Six readiness probes, and two for liveness.
        await Task.Delay(TimeSpan.FromSeconds(20));
        Assert.Equal(since, lab.Lab.State.Pods.Select(pod => pod.ReadySince));
        Assert.All(lab.Lab.State.Pods, pod => Assert.Equal((true, 0), (pod.Ready, pod.Restarts)));
        Assert.Equal("", (await lab.Cluster.StatusAsync("mysql-1"))["reason"]);
        await lab.SaysAsync("mysql-1", "replication", "replication is in the server's own hands");
    }

    private static async Task<Crowd> TakeAsync(FaultLab lab, ClientUser user, string pod)
    {
        await lab.Cluster.SqlAsync(pod, $"SET GLOBAL max_connections = {Most};");
        var address = await lab.Cluster.EndPointAsync(pod, 3306);
        return await Crowd.ComeAsync(() => user.OpenAsync([$"{address.Address}"], address.Port, null, CancellationToken.None));
    }
}
