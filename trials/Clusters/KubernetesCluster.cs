using System.Collections.Concurrent;
using System.Net;
using Cli.Clusters;
using Cli.Commands;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Lab.Manifests;
using Xunit;

namespace Trials.Clusters;

/// <summary>The cluster that KUBECONFIG names, in a namespace of its own that goes when the test is over.</summary>
internal sealed class KubernetesCluster : ICluster
{
    private const int LogLines = 40;
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);
    private static readonly Lazy<Kubernetes> Client = new(() => new Kubernetes(KubernetesClientConfiguration.BuildDefaultConfig()));
    private static readonly ConcurrentDictionary<string, Task<string>> Images = new();

    private readonly Kubernetes client;
    private readonly AppliedObjects objects;
    private readonly PodExec exec;
    private readonly ConcurrentDictionary<(string Pod, int Port), PodForward> forwards = new();

    private KubernetesCluster(Kubernetes client, string name)
    {
        (this.client, NamespaceName) = (client, name);
        (objects, exec) = (new AppliedObjects(client, name), new PodExec(client, name));
    }

    /// <inheritdoc/>
    public string NamespaceName { get; }

    /// <summary>A namespace of the cluster; skips the test with the reason where there is no cluster.</summary>
    public static async Task<KubernetesCluster> StartAsync()
    {
        Skip.If(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG")), "KUBECONFIG names no cluster to test");
        try
        {
            using var limit = new CancellationTokenSource(AnswerLimit);
            await Client.Value.Version.GetCodeAsync(limit.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or HttpOperationException or OperationCanceledException or IOException)
        {
            Skip.If(true, $"the cluster of KUBECONFIG does not answer: {failure.Message}");
        }

        var name = $"statefulset-test-{Guid.NewGuid():N}"[..26];
        // A pod that is not restricted is not made there.
        var labels = new Dictionary<string, string> { ["pod-security.kubernetes.io/enforce"] = "restricted" };
        await Client.Value.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = name, Labels = labels } });
        return new KubernetesCluster(Client.Value, name);
    }

    /// <summary>The image that the cluster's nodes can run: the lab's stand-in where it has been imported, and the one it stands for elsewhere.</summary>
    public static Task<string> ImageAsync(string reference) => Images.GetOrAdd(reference, FindImageAsync);

    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<Manifest> manifests) => objects.ApplyAsync(manifests);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodView>> PodsAsync() =>
        [.. (await client.CoreV1.ListNamespacedPodAsync(NamespaceName)).Items.Select(PodView.Of).OrderBy(pod => pod.Name, StringComparer.Ordinal)];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ClaimsAsync() =>
        [.. (await client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(NamespaceName)).Items.Select(claim => claim.Name()).Order()];

    /// <inheritdoc/>
    public Task DeletePodsAsync(IReadOnlyList<string> pods, bool kill = false) =>
        Task.WhenAll(pods.Select(pod => client.CoreV1.DeleteNamespacedPodAsync(pod, NamespaceName, gracePeriodSeconds: kill ? 0 : null)));

    /// <inheritdoc/>
    public Task<(int ExitCode, string Output)> ExecAsync(string pod, string container, params IReadOnlyList<string> command) => exec.RunAsync(pod, container, command);

    /// <inheritdoc/>
    public Task<IPEndPoint> EndPointAsync(string pod, int port, CancellationToken cancel = default) =>
        Task.FromResult(forwards.GetOrAdd((pod, port), to => new PodForward(client, NamespaceName, to.Pod, to.Port)).EndPoint);

    /// <inheritdoc/>
    public async Task<string> LogAsync(string pod, string container)
    {
        await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(pod, NamespaceName, container, tailLines: LogLines);
        using var reader = new StreamReader(log);
        return await reader.ReadToEndAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var forward in forwards.Values)
        {
            await forward.DisposeAsync();
        }

        await new NamespaceRemoval(client, NamespaceName).RunAsync();
    }

    // A node tells of its images every ten seconds or so: an image that was imported just now is not in the first answer.
    private static async Task<string> FindImageAsync(string reference)
    {
        var local = StackInstance.Recipes.NameOf(reference);
        for (var looks = 0; local is not null && looks < 8; looks++)
        {
            var nodes = await Client.Value.CoreV1.ListNodeAsync();
            if (nodes.Items.SelectMany(node => node.Status?.Images ?? []).SelectMany(image => image.Names ?? []).Contains(local))
            {
                return local;
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        return reference;
    }
}
