using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cli.Backups;
using Cli.Checks.Policies;
using Cli.Clusters;
using Infra.MySql;
using Infra.Workloads;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Cli.Status;

/// <summary>The pods that the program runs on a real cluster, found by its labels.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="place">The namespace to look in; nothing for all of them.</param>
internal sealed class ClusterStatus(ClusterConnection connection, string? place) : IStatusSource
{
    private const string Ours = $"{WorkloadLabels.ManagedBy}=pulumi,{WorkloadLabels.Instance},{WorkloadLabels.Component}";

    private const string OurBackups = $"{WorkloadLabels.ManagedBy}=pulumi,{WorkloadLabels.Component}={MySqlBackup.Part}";

    // The set controller gives a claim the labels of the selector, and the selector knows nothing of who made it.
    private const string OurClaims = $"{WorkloadLabels.Instance},{WorkloadLabels.Component}";

    /// <inheritdoc/>
    public string NamedBy => "context";

    /// <inheritdoc/>
    public string Name => connection.Context;

    /// <inheritdoc/>
    public async Task<StatusReport> ReadAsync(CancellationToken cancel)
    {
        var sets = AskAsync(
            (client, token) => client.AppsV1.ListStatefulSetForAllNamespacesAsync(labelSelector: Ours, cancellationToken: token),
            (client, name, token) => client.AppsV1.ListNamespacedStatefulSetAsync(name, labelSelector: Ours, cancellationToken: token),
            cancel);
        var pods = AskAsync(
            (client, token) => client.CoreV1.ListPodForAllNamespacesAsync(labelSelector: Ours, cancellationToken: token),
            (client, name, token) => client.CoreV1.ListNamespacedPodAsync(name, labelSelector: Ours, cancellationToken: token),
            cancel);
        var claims = OrNoteAsync("claims", OrNone<V1PersistentVolumeClaimList, V1PersistentVolumeClaim>(
            (client, token) => client.CoreV1.ListPersistentVolumeClaimForAllNamespacesAsync(labelSelector: OurClaims, cancellationToken: token),
            (client, name, token) => client.CoreV1.ListNamespacedPersistentVolumeClaimAsync(name, labelSelector: OurClaims, cancellationToken: token),
            cancel));
        var budgets = OrNoteAsync("disruption budgets", OrNone<V1PodDisruptionBudgetList, V1PodDisruptionBudget>(
            (client, token) => client.PolicyV1.ListPodDisruptionBudgetForAllNamespacesAsync(cancellationToken: token),
            (client, name, token) => client.PolicyV1.ListNamespacedPodDisruptionBudgetAsync(name, cancellationToken: token),
            cancel));
        var cronJobs = OrNoteAsync("backups", OrNone<V1CronJobList, V1CronJob>(
            (client, token) => client.BatchV1.ListCronJobForAllNamespacesAsync(labelSelector: OurBackups, cancellationToken: token),
            (client, name, token) => client.BatchV1.ListNamespacedCronJobAsync(name, labelSelector: OurBackups, cancellationToken: token),
            cancel));
        var jobs = OrNoteAsync("failed backups", OrNone<V1JobList, V1Job>(
            (client, token) => client.BatchV1.ListJobForAllNamespacesAsync(labelSelector: OurBackups, cancellationToken: token),
            (client, name, token) => client.BatchV1.ListNamespacedJobAsync(name, labelSelector: OurBackups, cancellationToken: token),
            cancel));
        await Task.WhenAll(sets, pods, claims, budgets, cronJobs, jobs);
        var ((knownClaims, noClaims), (knownBudgets, noBudgets)) = (await claims, await budgets);
        var ((knownCronJobs, noCronJobs), (knownJobs, noJobs)) = (await cronJobs, await jobs);
        // Pods of Jobs come and go; what they did is told of the Jobs.
        var running = (await pods).Items.Where(pod => pod.OwnerReferences()?.Any(owner => owner is { Kind: "Job", Controller: true }) != true).ToList();
        var rows = await Task.WhenAll(running.Select(pod => new ClusterPod(connection.Client, pod, knownClaims).RowAsync()));
        return new StatusReport(
            [.. rows.Concat(Missing((await sets).Items, running)).OrderBy(row => row.Namespace, StringComparer.Ordinal).ThenBy(row => row.Set, StringComparer.Ordinal).ThenBy(row => row.Pod.Length).ThenBy(row => row.Pod, StringComparer.Ordinal)],
            [.. knownBudgets.Where(budget => running.Any(pod => Selects(budget, pod))).Select(Row).OrderBy(row => (row.Namespace, row.Name))],
            [.. noClaims, .. noBudgets, .. noCronJobs, .. noJobs, .. knownClaims.Select(ClaimGrowth.Sentence).OfType<string>().Order(StringComparer.Ordinal), .. running.Where(pod => ClusterPod.SetOf(pod) is null).Select(pod => $"{pod.Name()}: no StatefulSet is in charge of it, as after pulumi destroy, which leaves pods running")])
        {
            Backups = [.. knownCronJobs.Select(cronJob => Row(cronJob, knownJobs)).OrderBy(row => row.Namespace, StringComparer.Ordinal).ThenBy(row => row.System, StringComparer.Ordinal)],
        };
    }

    private static BackupRow Row(V1CronJob cronJob, IReadOnlyList<V1Job> jobs) => BackupRow.Of(
        BackupJob.SystemOf(cronJob.Name()), cronJob.Namespace(), cronJob.Spec?.Suspend ?? false, cronJob.Status?.LastSuccessfulTime,
        // Others only look; and one system may be called as the backups of another are.
        [.. jobs.Where(job => job.Namespace() == cronJob.Namespace() && job.GetLabel(WorkloadLabels.Instance) == cronJob.GetLabel(WorkloadLabels.Instance) && job.Name().StartsWith($"{cronJob.Name()}-", StringComparison.Ordinal)).Select(Run)]);

    private static BackupRun Run(V1Job job)
    {
        var end = ClusterJob.End(job);
        return new BackupRun(
            job.Name(), job.Status?.StartTime, job.Status?.CompletionTime ?? end?.LastTransitionTime,
            end is null ? BackupOutcome.None : end.Type == ClusterJob.Complete ? BackupOutcome.Good : BackupOutcome.Failed);
    }

    /// <summary>The pods that a set is to have and that are not there.</summary>
    private static IEnumerable<PodRow> Missing(IEnumerable<V1StatefulSet> sets, IList<V1Pod> pods)
    {
        var there = pods.Select(pod => (pod.Namespace(), pod.Name())).ToHashSet();
        return from set in sets
               from ordinal in Enumerable.Range(0, set.Spec.Replicas ?? 1)
               let name = $"{set.Name()}-{ordinal + (set.Spec.Ordinals?.Start ?? 0)}"
               where !there.Contains((set.Namespace(), name))
               select new PodRow(name, set.Namespace(), string.Empty, false, null, string.Empty, string.Empty, null, [], 0, "it is not there", string.Empty) { Set = set.Name() };
    }

    private static BudgetRow Row(V1PodDisruptionBudget budget) => new(
        budget.Name(), budget.Namespace(), budget.Status?.DisruptionsAllowed ?? 0, budget.Status?.CurrentHealthy ?? 0, budget.Status?.DesiredHealthy ?? 0);

    private static bool Selects(V1PodDisruptionBudget budget, V1Pod pod) =>
        budget.Namespace() == pod.Namespace() && budget.Spec?.Selector is { } selector
        && Selection.Finds(JsonSerializer.SerializeToNode(selector), JsonSerializer.SerializeToNode(pod.Labels()) as JsonObject ?? []);

    /// <summary>What may be seen in one namespace need not be in all: the sentence says how to ask for less.</summary>
    private Task<T> AskAsync<T>(Func<IKubernetes, CancellationToken, Task<T>> everywhere, Func<IKubernetes, string, CancellationToken, Task<T>> there, CancellationToken cancel) =>
        connection.AskAsync(
            async (client, token) =>
            {
                try
                {
                    return place is null ? await everywhere(client, token) : await there(client, place, token);
                }
                catch (HttpOperationException refused) when (place is null && refused.Response.StatusCode == HttpStatusCode.Forbidden)
                {
                    throw new Lab.Commands.CommandException($"context {connection.Context} may not look into all namespaces, and -n NAMESPACE names one: {ClusterConnection.Reason(refused)}", Lab.Commands.CommandException.Failed);
                }
            },
            cancel);

    /// <summary>A list that a user need not have the right to: nothing where it is refused.</summary>
    private Task<IList<TItem>?> OrNone<TList, TItem>(Func<IKubernetes, CancellationToken, Task<TList>> everywhere, Func<IKubernetes, string, CancellationToken, Task<TList>> there, CancellationToken cancel)
        where TList : IItems<TItem> => connection.AskAsync(
            async (client, token) =>
            {
                try
                {
                    return (place is null ? await everywhere(client, token) : await there(client, place, token)).Items;
                }
                catch (HttpOperationException refused) when (refused.Response.StatusCode == HttpStatusCode.Forbidden)
                {
                    return (IList<TItem>?)null;
                }
            },
            cancel);

    private static async Task<(IReadOnlyList<T> Known, IReadOnlyList<string> Notes)> OrNoteAsync<T>(string what, Task<IList<T>?> list) =>
        await list is { } known ? ([.. known], []) : ([], [$"{what} are not shown: no right to list them"]);
}
