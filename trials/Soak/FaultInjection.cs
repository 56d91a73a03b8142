using Cli.Status;
using Lab;
using Lab.Manifests;
using Lab.Processes;
using Lab.State;
using MySqlConnector;
using Trials.Clients;
using Trials.Instances;

namespace Trials.Soak;

/// <summary>Does faults to a cluster whose pods are all ready.</summary>
/// <param name="lab">The instance.</param>
/// <param name="servers">Its servers.</param>
/// <param name="evaluate">The stack's objects with that many connections allowed.</param>
/// <param name="connect">Opens a client's connection to a host.</param>
internal sealed class FaultInjection(
    TemporaryLab lab, MySqlServers servers, Func<int, Task<IReadOnlyList<Manifest>>> evaluate, Func<string, CancellationToken, Task<MySqlConnection>> connect)
{
    private const string Seeder = "clone-mysql";
    private const int LeastConnections = 200;
    private const int TornBytes = 20;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private string Set => servers.Identity.Name;

    private int Replicas => servers.Identity.Replicas;

    /// <summary>Does one, and takes back what lasts for a while only.</summary>
    /// <returns>Whether the controller has noticed: before that, a state in which all is ready says nothing.</returns>
    public async Task<Func<bool>> InjectAsync(Fault fault, CancellationToken cancel)
    {
        var pod = servers.Identity.Pod(Math.Max(0, fault.Ordinal));
        switch (fault.Kind)
        {
            case FaultKind.PodKilled:
                return Gone(lab.Cluster.DeletePod(pod, TimeSpan.Zero));
            case FaultKind.PodDeleted:
                return Gone(lab.Cluster.DeletePod(pod));
            case FaultKind.ServerKilled:
                return Kill(pod, MySqlStatus.Container);
            case FaultKind.SidecarKilled:
                return Kill(pod, servers.Seeding.Sidecar);
            case FaultKind.AllPodsKilled:
                return KillPods(servers.Identity.Ordinals);
            case FaultKind.MachineLost:
                return KillPods([fault.Ordinal, (fault.Ordinal + 1) % Replicas]);
            case FaultKind.RelayLogTorn:
                Process(pod).Signal(PosixSignalNumber.Stop);
                Tear(Path.Combine((await lab.Cluster.ClaimsAsync()).Single(claim => claim.Name == servers.Claim(fault.Ordinal)).Path, "mysql"));
                return Kill(pod, MySqlStatus.Container);
            case FaultKind.OptionChanged:
                lab.Cluster.Apply(MySqlServers.Of(await evaluate(LeastConnections + fault.Step), Replicas).Manifests);
                return () => true;
            case FaultKind.SeedingKilled:
                return await KillSeedingAsync(pod, fault.Time, cancel);
            default:
                await ForAWhileAsync(fault, pod, cancel);
                return () => true;
        }
    }

    /// <summary>Takes back what a fault has left once the pods are ready again: the replica that was one too many.</summary>
    public async Task TidyAsync(Fault fault, CancellationToken cancel)
    {
        if (fault.Kind == FaultKind.SeedingKilled)
        {
            lab.Cluster.Scale(Set, Replicas);
            await lab.ReadyAsync(Limit, cancel);
            await lab.RemoveClaimAsync(servers.Claim(fault.Ordinal));
        }
    }

    private async Task ForAWhileAsync(Fault fault, string pod, CancellationToken cancel)
    {
        switch (fault.Kind)
        {
            case FaultKind.ScaledDownAndUp:
                lab.Cluster.Scale(Set, Replicas - 1);
                await lab.ReadyAsync(Limit, cancel);
                await Task.Delay(fault.Time, cancel);
                lab.Cluster.Scale(Set, Replicas);
                break;
            case FaultKind.NameBlocked:
                lab.Cluster.BlockName(servers.Identity.Host(fault.Ordinal));
                await Task.Delay(fault.Time, cancel);
                lab.Cluster.UnblockNames();
                break;
            case FaultKind.ReplicationStopped:
                await lab.WordAsync(pod, "STOP_REPLICA", cancel);
                await Task.Delay(fault.Time, cancel);
                await lab.WordAsync(pod, "START_REPLICA", cancel);
                break;
            case FaultKind.ServerFrozen:
                var server = Process(pod);
                server.Signal(PosixSignalNumber.Stop);
                try
                {
                    await Task.Delay(fault.Time, cancel);
                }
                finally
                {
                    server.Signal(PosixSignalNumber.Continue);
                }

                break;
            case FaultKind.ConnectionsTaken:
                await using (await Crowd.ComeAsync(() => connect(servers.Identity.Host(fault.Ordinal), cancel)))
                {
                    await Task.Delay(fault.Time, cancel);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(fault), fault.Kind, "not a fault that lasts");
        }
    }

    private async Task<Func<bool>> KillSeedingAsync(string pod, TimeSpan after, CancellationToken cancel)
    {
        lab.Cluster.Scale(Set, Replicas + 1);
        await lab.UntilAsync($"{pod} to be seeded", () => Container(pod, Seeder) is { Status: not "Waiting" }, Limit, cancel);
        await Task.Delay(after, cancel);
        // One that is through already is as good as none: the pod comes up.
        return Container(pod, Seeder) is { Pid: > 0 } ? Kill(pod, Seeder) : () => true;
    }

    // As a machine without power leaves it: the last bytes never came to the disk.
    private static void Tear(string data)
    {
        var log = Directory.EnumerateFiles(data, "mysql-relay.0*").Max(StringComparer.Ordinal);
        if (log is not null)
        {
            using var torn = File.OpenWrite(log);
            torn.SetLength(Math.Max(0, torn.Length - TornBytes));
        }
    }

    private Func<bool> KillPods(IEnumerable<int> ordinals)
    {
        var gone = ordinals.Select(ordinal => Gone(lab.Cluster.DeletePod(servers.Identity.Pod(ordinal), TimeSpan.Zero))).ToList();
        return () => gone.All(one => one());
    }

    private WatchedProcess Process(string pod) =>
        WatchedProcess.Find(Container(pod, MySqlStatus.Container)!.Pid) ?? throw new ClusterException($"the server of {pod} has just ended");

    private Func<bool> Kill(string pod, string container)
    {
        var run = Container(pod, container)?.Id;
        lab.Cluster.KillContainer(pod, container);
        return () => Container(pod, container)?.Id != run;
    }

    private Func<bool> Gone(PodState before) =>
        () => lab.Cluster.FindPod(before.Name) is not { Terminating: false } now || now.Uid != before.Uid;

    private ContainerState? Container(string pod, string name) => lab.Cluster.FindPod(pod)?.Containers.FirstOrDefault(one => one.Name == name);
}
