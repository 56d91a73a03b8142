using System.Diagnostics;
using System.Net;
using Xunit;

namespace Trials.Clusters;

/// <summary>Bounded waits for what a cluster comes to, each failing with what there was instead.</summary>
internal static class ClusterWaits
{
    /// <summary>Waits until exactly the pods of a set's first <paramref name="replicas"/> ordinals are there and ready.</summary>
    public static Task<IReadOnlyList<PodView>> ReadyAsync(this ICluster cluster, string set, int replicas, int seconds = 120) => cluster.PodsAsync(
        pods => pods.Count(pod => pod.Name.StartsWith($"{set}-", StringComparison.Ordinal)) == replicas
            && Enumerable.Range(0, replicas).All(ordinal => pods.Any(pod => pod.Name == $"{set}-{ordinal}" && pod.Ready && !pod.Terminating)),
        $"{replicas} ready pods of {set}",
        seconds);

    /// <summary>Waits until the pods are as wanted, and returns them.</summary>
    public static async Task<IReadOnlyList<PodView>> PodsAsync(
        this ICluster cluster, Func<IReadOnlyList<PodView>, bool> wanted, string what, int seconds = 120)
    {
        IReadOnlyList<PodView> pods = [];
        await UntilAsync(
            async () => wanted(pods = await cluster.PodsAsync()),
            () => $"{what}; there were {string.Join(", ", pods.Select(pod => $"{pod.Name} ({(pod.Ready ? "ready" : "not ready")}, {pod.Restarts} restarts{(pod.Reason.Length > 0 ? $", {pod.Reason}" : "")})"))}",
            seconds);
        return pods;
    }

    /// <summary>Waits until a name resolves, inside a pod, to exactly these addresses.</summary>
    public static async Task ResolvesAsync(this ICluster cluster, string from, string container, string name, IEnumerable<string> addresses, int seconds = 30)
    {
        var wanted = addresses.Order().ToList();
        IReadOnlyList<string> found = [];
        await UntilAsync(
            async () => (found = await ResolveAsync(cluster, from, container, name)).SequenceEqual(wanted),
            () => $"{name} to be {string.Join(" ", wanted)}; it was {string.Join(" ", found)}",
            seconds);
    }

    /// <summary>The addresses that a name has inside a pod, in order; none when there is no such name.</summary>
    public static async Task<IReadOnlyList<string>> ResolveAsync(this ICluster cluster, string from, string container, string name)
    {
        var (_, output) = await cluster.ExecAsync(from, container, "getent", "ahostsv4", name);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Where(word => IPAddress.TryParse(word, out _)).Distinct().Order()];
    }

    /// <summary>Waits until something holds; fails with what was waited for.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, Func<string> what, int seconds)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var asked = waited.Elapsed;
            if (await holds())
            {
                return;
            }

            if (waited.Elapsed.TotalSeconds > seconds)
            {
                Assert.Fail($"waited {seconds} s for {what()}");
            }

            // What costs much to look at is looked at less often: it takes processors from what is waited for.
            await Task.Delay(Math.Clamp((int)(2 * (waited.Elapsed - asked).TotalMilliseconds), 250, 2000));
        }
    }
}
