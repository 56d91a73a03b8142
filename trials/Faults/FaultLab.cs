using Lab;
using Lab.Manifests;
using Lab.Processes;
using Lab.State;
using Trials.Clusters;

namespace Trials.Faults;

/// <summary>A MySQL cluster in an instance of the lab of its own, and the ways to do harm to it.</summary>
internal sealed class FaultLab : IAsyncDisposable
{
    public const string Set = "mysql";

    /// <summary>The number of the user that its pods run as.</summary>
    public const int ServerUser = 999;

    private readonly LabTestCluster cluster;

    private readonly bool hasty;

    // What a real up makes once pods are ready.
    private IReadOnlyList<Manifest> onceReady = [];

    private FaultLab(LabTestCluster cluster, ServerTerms terms, bool hasty) => (this.cluster, Terms, this.hasty) = (cluster, terms, hasty);

    /// <summary>What its servers are, and how to speak to them.</summary>
    public ServerTerms Terms { get; private set; }

    public ICluster Cluster => cluster;

    public LabCluster Lab => cluster.Cluster;

    /// <summary>Starts a cluster and waits until its pods are ready.</summary>
    /// <param name="test">The test, whose logs are kept.</param>
    /// <param name="terms">Which servers.</param>
    /// <param name="replicas">How many servers.</param>
    /// <param name="before">What to do before the first pod is made.</param>
    /// <param name="change">Changes the program's manifests.</param>
    /// <param name="hasty">Whether its servers make <see cref="Haste"/>.</param>
    public static async Task<FaultLab> StartAsync(
        object test,
        ServerTerms terms,
        int replicas,
        Func<FaultLab, Task>? before = null,
        Func<IReadOnlyList<Manifest>, IReadOnlyList<Manifest>>? change = null,
        bool hasty = true)
    {
        var lab = new FaultLab(await LabTestCluster.StartAsync(test), terms, hasty);
        try
        {
            await (before?.Invoke(lab) ?? Task.CompletedTask);
            await lab.ApplyAsync(replicas, change);
            await lab.ReadyAsync(replicas);
            await lab.cluster.ApplyAsync([.. lab.Lab.Manifests, .. lab.onceReady]);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>Gives the cluster the objects of the program, changed or not.</summary>
    public async Task ApplyAsync(int replicas, Func<IReadOnlyList<Manifest>, IReadOnlyList<Manifest>>? change = null)
    {
        var objects = await Stack.MySqlObjectsAsync(Terms.Settings(replicas));
        onceReady = objects.OnceReady;
        var manifests = Patience.Of(change?.Invoke(objects.AtOnce) ?? objects.AtOnce);
        await cluster.ApplyAsync(hasty ? Haste.Of(manifests) : manifests);
    }

    /// <summary>Gives the cluster the objects of the program by other terms.</summary>
    public async Task ApplyAsync(ServerTerms terms, int replicas, Func<IReadOnlyList<Manifest>, IReadOnlyList<Manifest>>? change = null)
    {
        Terms = terms;
        await ApplyAsync(replicas, change);
        await cluster.ApplyAsync([.. Lab.Manifests, .. onceReady]);
    }

    public ValueTask DisposeAsync() => cluster.DisposeAsync();

    public async Task ReadyAsync(int replicas, int seconds = 240)
    {
        try
        {
            await cluster.ReadyAsync(Set, replicas, seconds);
        }
        catch (Xunit.Sdk.XunitException failure)
        {
            throw new InvalidOperationException($"{failure.Message}\n{Story()}", failure);
        }
    }

    /// <summary>Waits until a pod exists and is ready, or exists and is not.</summary>
    public Task ReadinessAsync(string pod, bool ready, int seconds = 60) =>
        UntilAsync(() => Lab.FindPod(pod) is { Terminating: false } found && found.Ready == ready, $"{pod} to be {(ready ? "ready" : "unready")}", seconds);

    public async Task ScaleAsync(int replicas)
    {
        Lab.Scale(Set, replicas);
        await UntilAsync(() => Lab.State.Pods.All(pod => pod.Ordinal < replicas), $"the pods from {replicas} up to be gone", 60);
    }

    /// <summary>Deletes a pod and waits until its successor is there, ready or not.</summary>
    public async Task ReplaceAsync(string pod, bool kill = false)
    {
        var before = Lab.DeletePod(pod, kill ? TimeSpan.Zero : null);
        await UntilAsync(() => Lab.FindPod(pod) is { } now && now.Uid != before.Uid, $"{pod} to be made again", 60);
    }

    /// <summary>Waits for something with the state of the lab in the message when it does not come.</summary>
    public Task UntilAsync(Func<bool> holds, string what, int seconds = 60) =>
        ClusterWaits.UntilAsync(() => Task.FromResult(holds()), () => $"{what}\n{Story()}", seconds);

    /// <summary>Waits until a container runs, and returns it.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="container">The container.</param>
    /// <param name="restarts">How many times it was started again, at least.</param>
    public async Task<LabContainer> RunningAsync(string pod, string container, int restarts = 0)
    {
        ContainerState? found = null;
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while ((found = Container(pod, container)) is not { Pid: > 0, Status: "Running" } || found.Restarts < restarts)
        {
            Xunit.Assert.True(waited.Elapsed.TotalSeconds < 60, $"waited 60 s for {container} of {pod} to run\n{Story()}");
            await Task.Delay(10);
        }

        return new LabContainer(pod, container, found.Restarts, WatchedProcess.Find(found.Pid) ?? throw new InvalidOperationException($"{container} of {pod} has just ended"));
    }

    /// <summary>Kills a container with SIGKILL and waits until the lab has seen its end.</summary>
    public async Task KillAsync(LabContainer container)
    {
        container.Process.Signal(PosixSignalNumber.Kill);
        await UntilAsync(
            () => Container(container.Pod, container.Name) is { } now && (now.Restarts > container.Restarts || now.Pid != container.Process.Pid),
            $"{container.Name} of {container.Pod} to end");
    }

    /// <summary>The root of a pod's volume on this machine.</summary>
    public async Task<string> VolumeAsync(string pod) => (await Lab.ClaimsAsync()).Single(claim => claim.Name == $"data-{pod}").Path;

    /// <summary>Gives what a test put on a volume to the server's user, as if a container had made it.</summary>
    public static async Task GiveToServerAsync(params IEnumerable<string> places) =>
        Xunit.Assert.True((await new CommandRunner().RunAsync(new Command("chown", ["-R", $"{ServerUser}:{ServerUser}", .. places]))).Succeeded);

    /// <summary>Takes all that is on the volume of a pod's claim, where it has one; a pod of it does not run.</summary>
    public async Task EmptyClaimAsync(string pod)
    {
        foreach (var entry in (await Lab.ClaimsAsync()).Where(claim => claim.Name == $"data-{pod}").SelectMany(claim => Directory.EnumerateFileSystemEntries(claim.Path)))
        {
            await new CommandRunner().RunAsync(new Command("rm", ["-rf", entry]));
        }
    }

    /// <summary>Has a pod's volume lose all that is on it, and the pod made again.</summary>
    public async Task LoseVolumeAsync(string pod)
    {
        // The server stands still while its files go, so that it cannot write any back.
        LabContainer.Freeze(await (await RunningAsync(pod, "mysql")).ServerAsync());
        await EmptyClaimAsync(pod);
        await ReplaceAsync(pod, kill: true);
    }

    /// <summary>Has a replica seeded again, in the documented way: a marker in the data, then a new pod.</summary>
    public async Task ReseedAsync(string pod)
    {
        await Cluster.ExecAsync(pod, "mysql", "touch", "/var/lib/mysql/reseed");
        await ReplaceAsync(pod);
    }

    /// <summary>Waits until a replica has received, applied or not, all that the primary has now; by transaction.</summary>
    public async Task ReceivedAsync(string pod)
    {
        var written = await Cluster.SqlAsync("mysql-0", "SELECT REPLACE(@@global.gtid_executed, CHAR(10), '');");
        await ClusterWaits.UntilAsync(
            async () => await Cluster.SqlAsync(
                pod,
                $"SELECT GTID_SUBSET(GTID_SUBTRACT('{written}', @@global.gtid_executed), RECEIVED_TRANSACTION_SET) FROM performance_schema.replication_connection_status;") == "1",
            () => $"{pod} to have received all of it",
            30);
    }

    /// <summary>All that a container wrote, its run before included.</summary>
    public string Log(string pod, string container)
    {
        var found = Container(pod, container);
        return string.Join('\n', new[] { found?.PreviousLog, found?.Log }.Where(File.Exists).SelectMany(log => Lab.Logs(pod, container, previous: log != found!.Log)));
    }

    /// <summary>Waits until a container has written something.</summary>
    public Task SaysAsync(string pod, string container, string text, int seconds = 60) =>
        UntilAsync(() => Log(pod, container).Contains(text, StringComparison.Ordinal), $"{container} of {pod} to say '{text}'", seconds);

    /// <summary>Gives the primary a database whose rows every copy must hold.</summary>
    public async Task LoadAsync(int megabytes = 32)
    {
        await Cluster.SqlAsync(
            "mysql-0",
            "CREATE DATABASE IF NOT EXISTS faults; CREATE TABLE faults.bulk (id INT AUTO_INCREMENT PRIMARY KEY, body MEDIUMTEXT) ENGINE=InnoDB;"
            + "INSERT INTO faults.bulk (body) VALUES (REPEAT(SHA2(RAND(), 256), 16384));");
        for (var rows = 1; rows < megabytes; rows *= 2)
        {
            await Cluster.SqlAsync("mysql-0", "INSERT INTO faults.bulk (body) SELECT REPEAT(SHA2(RAND(), 256), 16384) FROM faults.bulk;");
        }
    }

    /// <summary>One more row on the primary, so that what is compared later has moved on since.</summary>
    public Task WriteAsync() => Cluster.SqlAsync(
        "mysql-0", "CREATE DATABASE IF NOT EXISTS faults; CREATE TABLE IF NOT EXISTS faults.later (id INT AUTO_INCREMENT PRIMARY KEY, at TIMESTAMP(6)); INSERT INTO faults.later (at) VALUES (NOW(6));");

    /// <summary>Waits until replicas are ready and hold what the primary holds, a row written just now included.</summary>
    public async Task SeededAsync(int replicas = 2)
    {
        await ReadyAsync(replicas);
        await WriteAsync();
        await Cluster.SameDataAsync(Set, replicas);
    }

    public ContainerState? Container(string pod, string container) => Lab.FindPod(pod)?.Containers.FirstOrDefault(one => one.Name == container);

    /// <summary>What there is, for the message of a failure.</summary>
    public string Story() => string.Join('\n', Lab.State.Pods.SelectMany(pod => (IEnumerable<string>)[
        $"== {pod.Name}: {pod.Reason}, {(pod.Ready ? "ready" : "not ready")}: {pod.Message}",
        .. pod.Containers.SelectMany(container => (IEnumerable<string>)[
            $"-- {container.Name}: {container.Status} {container.Reason}, {container.Restarts} restarts",
            .. Log(pod.Name, container.Name).Split('\n').TakeLast(12)])]));
}
