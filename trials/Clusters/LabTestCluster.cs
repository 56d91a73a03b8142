using System.Net;
using Cli.Commands;
using Lab;
using Lab.Manifests;

namespace Trials.Clusters;

/// <summary>An instance of the lab of a test's own, with its controller in this process; nothing of it stays.</summary>
internal sealed class LabTestCluster : ICluster
{
    private readonly TemporaryFolder root = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Task controller;
    private readonly KeptLogs logs;

    private LabTestCluster(KeptLogs logs)
    {
        this.logs = logs;
        var instance = StackInstance.Of(root.Root, "test");
        (Folder, Cluster) = (instance.Folder, instance.Cluster);
        controller = instance.ControlAsync(stop.Token);
    }

    /// <inheritdoc/>
    public string NamespaceName => Manifest.DefaultNamespace;

    /// <summary>The instance's folder.</summary>
    public LabFolder Folder { get; }

    /// <summary>The instance itself, for what only a lab can do to pods.</summary>
    public LabCluster Cluster { get; }

    /// <summary>An instance without pods; skips the test with the reason where this machine cannot have one.</summary>
    /// <param name="test">The test, or what its class shares: its name is that of the folder that logs are kept in.</param>
    public static async Task<LabTestCluster> StartAsync(object test)
    {
        await LabMachine.RequireAsync();
        return new LabTestCluster(KeptLogs.Of(test));
    }

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<Manifest> manifests)
    {
        Cluster.Apply(manifests);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodView>> PodsAsync()
    {
        if (controller.IsCompleted)
        {
            // Its failure says more than any pod that is missing.
            await controller;
        }

        return
        [
            .. Cluster.State.Pods.Where(pod => pod.Job.Length == 0).Select(pod => new PodView(
                pod.Name, pod.Uid, pod.Address, pod.Ready, pod.CreatedAt, pod.Ready ? pod.ReadySince : null, pod.Restarts, pod.Terminating, $"{pod.Reason} {pod.Message}".Trim())),
        ];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ClaimsAsync() => [.. (await Cluster.ClaimsAsync()).Select(claim => claim.Name).Order()];

    /// <inheritdoc/>
    public Task DeletePodsAsync(IReadOnlyList<string> pods, bool kill = false)
    {
        foreach (var pod in pods)
        {
            Cluster.DeletePod(pod, kill ? TimeSpan.Zero : null);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<(int ExitCode, string Output)> ExecAsync(string pod, string container, params IReadOnlyList<string> command)
    {
        var result = await Cluster.ExecAsync(pod, container, command);
        return (result.ExitCode, result.StandardOutput);
    }

    /// <inheritdoc/>
    public Task<IPEndPoint> EndPointAsync(string pod, int port, CancellationToken cancel = default) =>
        IPAddress.TryParse(Cluster.FindPod(pod)?.Address, out var address)
            ? Task.FromResult(new IPEndPoint(address, port))
            : throw new ClusterException($"{pod} has no address");

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container) => Task.FromResult(string.Join('\n', Cluster.Logs(pod, container).TakeLast(40)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try
        {
            await controller;
        }
        finally
        {
            await CleanUpAsync();
        }
    }

    private async Task CleanUpAsync()
    {
        try
        {
            logs.Keep(Cluster);
        }
        finally
        {
            await new LabDown(Folder).RunAsync(purge: true, grace: TimeSpan.Zero);
            stop.Dispose();
            root.Dispose();
        }
    }
}
