using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Cli.Commands;
using Lab.Manifests;
using Lab.Processes;
using Xunit;

namespace Trials.Clusters;

/// <summary>The cluster that KUBECONFIG names, through kubectl, in a namespace of its own that goes when the test is over.</summary>
internal sealed class KubectlCluster : ICluster
{
    private static readonly string[] StatusLists = ["initContainerStatuses", "containerStatuses"];
    private static readonly CommandRunner Runner = new();
    private static readonly ConcurrentDictionary<string, Task<string>> Images = new();
    private readonly List<Manifest> applied = [];

    private KubectlCluster(string name) => NamespaceName = name;

    /// <inheritdoc/>
    public string NamespaceName { get; }

    /// <summary>A namespace of the cluster; skips the test with the reason where there is no cluster.</summary>
    public static async Task<KubectlCluster> StartAsync()
    {
        Skip.If(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("KUBECONFIG")), "KUBECONFIG names no cluster to test");
        var answer = await TryAsync(["get", "--raw", "/readyz", "--request-timeout=10s"]);
        Skip.IfNot(answer.Succeeded, $"the cluster of KUBECONFIG does not answer: {answer.StandardError.Trim()}");
        var cluster = new KubectlCluster($"statefulset-test-{Guid.NewGuid():N}"[..26]);
        await RunAsync(["create", "namespace", cluster.NamespaceName]);
        return cluster;
    }

    /// <summary>The image that the cluster's nodes can run: the lab's stand-in where it has been imported, and the one it stands for elsewhere.</summary>
    public static Task<string> ImageAsync(string reference) => Images.GetOrAdd(reference, FindImageAsync);

    /// <inheritdoc/>
    public async Task ApplyAsync(IReadOnlyList<Manifest> manifests)
    {
        foreach (var manifest in manifests)
        {
            await RunAsync(["apply", "--namespace", NamespaceName, "-f", "-"], ManifestYaml.Write(manifest));
        }

        foreach (var gone in applied.ExceptBy(manifests.Select(Identity), Identity))
        {
            await RunAsync(["delete", "--namespace", NamespaceName, gone.Kind.ToLowerInvariant(), gone.Name, "--ignore-not-found"]);
        }

        applied.Clear();
        applied.AddRange(manifests);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PodView>> PodsAsync()
    {
        var pods = JsonNode.Parse(await RunAsync(["get", "pods", "--namespace", NamespaceName, "-o", "json"]))!["items"]!.AsArray();
        return [.. pods.Select(pod => View(pod!)).OrderBy(pod => pod.Name, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ClaimsAsync() =>
        [.. (await RunAsync(["get", "pvc", "--namespace", NamespaceName, "-o", "jsonpath={.items[*].metadata.name}"])).Split(' ', StringSplitOptions.RemoveEmptyEntries).Order()];

    /// <inheritdoc/>
    public Task DeletePodsAsync(IReadOnlyList<string> pods, bool kill = false) =>
        RunAsync(["delete", "pod", "--namespace", NamespaceName, "--wait=false", .. pods, .. kill ? ["--grace-period=0", "--force"] : Array.Empty<string>()]);

    /// <inheritdoc/>
    public async Task<(int ExitCode, string Output)> ExecAsync(string pod, string container, params IReadOnlyList<string> command)
    {
        var result = await TryAsync(["exec", "--namespace", NamespaceName, pod, "-c", container, "--", .. command]);
        return (result.ExitCode, result.StandardOutput);
    }

    /// <inheritdoc/>
    public Task<string> LogAsync(string pod, string container) => RunAsync(["logs", "--namespace", NamespaceName, pod, "-c", container, "--tail=40"]);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await RunAsync(["delete", "namespace", NamespaceName, "--timeout=120s"]);

    // A node tells of its images every ten seconds or so: an image that was imported just now is not in the first answer.
    private static async Task<string> FindImageAsync(string reference)
    {
        var local = StackInstance.Recipes.NameOf(reference);
        for (var looks = 0; local is not null && looks < 8; looks++)
        {
            var nodes = JsonNode.Parse(await RunAsync(["get", "nodes", "-o", "json"]))!["items"]!.AsArray();
            var names = nodes.SelectMany(node => node!["status"]?["images"]?.AsArray() ?? []).SelectMany(image => image!["names"]!.AsArray());
            if (names.Any(name => $"{name}" == local))
            {
                return local;
            }

            await Task.Delay(TimeSpan.FromSeconds(2));
        }

        return reference;
    }

    private static PodView View(JsonNode pod)
    {
        var (metadata, status) = (pod["metadata"]!, pod["status"]!);
        var ready = (status["conditions"] as JsonArray)?.FirstOrDefault(condition => $"{condition!["type"]}" == "Ready");
        var isReady = $"{ready?["status"]}" == "True";
        return new PodView(
            $"{metadata["name"]}",
            $"{metadata["uid"]}",
            $"{status["podIP"]}",
            isReady,
            Time(metadata["creationTimestamp"])!.Value,
            isReady ? Time(ready!["lastTransitionTime"]) : null,
            (status["containerStatuses"] as JsonArray)?.Sum(container => container!["restartCount"]!.GetValue<int>()) ?? 0,
            metadata["deletionTimestamp"] is not null,
            string.Join(' ', Waits(status)));
    }

    private static IEnumerable<string> Waits(JsonNode status) =>
        from list in StatusLists
        from container in status[list] as JsonArray ?? []
        let waiting = container!["state"]?["waiting"]
        where waiting is not null
        select $"{container["name"]}: {waiting["reason"]} {waiting["message"]}".TrimEnd();

    private static DateTimeOffset? Time(JsonNode? text) => text is null ? null : DateTimeOffset.Parse($"{text}", System.Globalization.CultureInfo.InvariantCulture);

    private static (string Kind, string Name) Identity(Manifest manifest) => (manifest.Kind, manifest.Name);

    private static async Task<string> RunAsync(IReadOnlyList<string> arguments, string? input = null)
    {
        var result = await TryAsync(arguments, input);
        return result.Succeeded ? result.StandardOutput : throw new InvalidOperationException($"kubectl {string.Join(' ', arguments)}: {result.StandardError}");
    }

    private static Task<CommandResult> TryAsync(IReadOnlyList<string> arguments, string? input = null) =>
        Runner.RunAsync(new Command("kubectl", arguments) { StandardInput = input, Timeout = TimeSpan.FromMinutes(3) });
}
