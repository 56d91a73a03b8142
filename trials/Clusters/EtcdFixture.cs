using Examples.Etcd;
using Lab.Manifests;
using Lab.Processes;
using Xunit;

namespace Trials.Clusters;

/// <summary>One etcd cluster for all tests of a class.</summary>
public sealed class EtcdFixture : IAsyncLifetime
{
    public const int Members = 3;

    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(30);

    private LabTestCluster? lab;
    private Task last = Task.CompletedTask;

    /// <summary>The instance of the lab.</summary>
    internal LabTestCluster Lab => lab ?? throw new InvalidOperationException("the test was skipped");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (lab is not null)
        {
            await lab.DisposeAsync();
        }
    }

    /// <summary>Waits until all members are there, are ready and agree; once they were not, no test waits for it again.</summary>
    public Task ReadyAsync(object test) => last = ReadyAsync(test, last);

    /// <summary>Asks for so many pods, and waits until they are there and ready; the cluster has three members all the same.</summary>
    public async Task ScaleAsync(int pods)
    {
        var manifests = await ManifestsAsync();
        manifests.Single(manifest => manifest.Kind == "StatefulSet").Body["spec"]!["replicas"] = pods;
        await Lab.ApplyAsync(manifests);
        await Lab.ReadyAsync("etcd", pods);
    }

    /// <summary>Waits until each of the first members answers with what a majority has agreed on.</summary>
    public async Task HealthyAsync(int members)
    {
        var said = "";
        var endpoints = string.Join(',', Enumerable.Range(0, members).Select(ordinal => Endpoint($"etcd-{ordinal}")));
        await ClusterWaits.UntilAsync(
            async () =>
            {
                var health = await TryAsync("etcd-0", endpoints, "endpoint", "health");
                said = health.StandardOutput + health.StandardError;
                return health.Succeeded;
            },
            () => $"{members} healthy members; etcdctl said: {said}",
            60);
    }

    /// <summary>Writes a value through a member, from another pod.</summary>
    public async Task PutAsync(string member, string key, string value) => Assert.Equal("OK", await RunAsync("etcd-0", Endpoint(member), "put", key, value));

    /// <summary>Reads, through a member and from another pod, what a majority has agreed on.</summary>
    public Task<string> GetAsync(string member, string key, string from = "etcd-0") => RunAsync(from, Endpoint(member), "get", key, "--print-value-only");

    /// <summary>Reads what a member itself has, whatever others have.</summary>
    public Task<string> GetOwnAsync(string member, string key) =>
        RunAsync(member, "http://127.0.0.1:2379", "get", key, "--print-value-only", "--consistency=s");

    /// <summary>The members as one of them tells it: id, state, name, address for peers, address for clients, by name.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> MembersAsync(string member) =>
        [.. (await RunAsync("etcd-0", Endpoint(member), "member", "list")).Split('\n').Select(line => line.Split(", ")[..5]).OrderBy(fields => fields[2], StringComparer.Ordinal)];

    private static string Endpoint(string member) => $"http://{member}.etcd:2379";

    /// <summary>What the example program makes.</summary>
    private static Task<IReadOnlyList<Manifest>> ManifestsAsync() => Stack.OfProgramAsync(EtcdProgram.Define);

    private async Task ReadyAsync(object test, Task before)
    {
        await before;
        lab ??= await LabTestCluster.StartAsync(test);
        await ScaleAsync(Members);
        await HealthyAsync(Members);
    }

    private async Task<string> RunAsync(string pod, string endpoints, params string[] words)
    {
        var result = await TryAsync(pod, endpoints, words);
        Assert.True(result.Succeeded, $"etcdctl {string.Join(' ', words)} to {endpoints}: {result.StandardError}");
        return result.StandardOutput.Trim();
    }

    private Task<CommandResult> TryAsync(string pod, string endpoints, params string[] words) =>
        Lab.Cluster.ExecAsync(pod, "etcd", ["etcdctl", $"--endpoints={endpoints}", "--command-timeout=15s", .. words], limit: CommandLimit);
}
