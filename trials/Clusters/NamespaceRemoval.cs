using System.Diagnostics;
using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Trials.Clusters;

/// <summary>
/// Removes a test's namespace. The namespace controller deletes pods with the grace period that they ask for, five minutes for a database, and
/// looks again after half of it; so the pods go first, in an order of our own.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="name">The namespace.</param>
internal sealed class NamespaceRemoval(IKubernetes client, string name)
{
    private const int GraceSeconds = 1;
    private static readonly TimeSpan PodLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan NamespaceLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    /// <summary>Removes it and waits until it is gone.</summary>
    /// <exception cref="InvalidOperationException">It is not gone in time; with what holds it up.</exception>
    public async Task RunAsync()
    {
        try
        {
            // Without their pods, or the garbage collector would delete those, with the grace period that they ask for.
            await client.AppsV1.DeleteCollectionNamespacedStatefulSetAsync(name, propagationPolicy: "Orphan");
            await UntilAsync(PodsGoneAsync, PodLimit);
            await client.CoreV1.DeleteNamespaceAsync(name);
            await UntilAsync(GoneAsync, NamespaceLimit);
        }
        catch (Exception failure) when (failure is HttpOperationException or HttpRequestException or TimeoutException)
        {
            var reason = failure is HttpOperationException refused ? refused.Response.Content : failure.Message;
            throw new InvalidOperationException($"The clean-up after the test failed, whatever came of the test: namespace {name} may still be there. {reason}", failure);
        }
    }

    // Asked again each time: the set's controller may have been about to make one more.
    private async Task<string> PodsGoneAsync()
    {
        await client.CoreV1.DeleteCollectionNamespacedPodAsync(name, gracePeriodSeconds: GraceSeconds);
        var pods = (await client.CoreV1.ListNamespacedPodAsync(name)).Items.Select(pod => pod.Name()).ToList();
        return pods.Count == 0 ? "" : $"its pods {string.Join(", ", pods)} are still there";
    }

    private async Task<string> GoneAsync()
    {
        try
        {
            var conditions = (await client.CoreV1.ReadNamespaceAsync(name)).Status?.Conditions ?? [];
            return string.Join(' ', ["it is still there", .. conditions.Where(condition => condition.Status == "True").Select(condition => $"{condition.Type}: {condition.Message}")]);
        }
        catch (HttpOperationException gone) when (gone.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return "";
        }
    }

    private static async Task UntilAsync(Func<Task<string>> left, TimeSpan limit)
    {
        var waited = Stopwatch.StartNew();
        while (await left() is { Length: > 0 } what)
        {
            if (waited.Elapsed > limit)
            {
                throw new TimeoutException($"After {limit.TotalSeconds:0} s {what}.");
            }

            await Task.Delay(Period);
        }
    }
}
