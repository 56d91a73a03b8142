using System.Diagnostics;
using Cli.Clusters;
using k8s;
using k8s.Models;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Backups;

/// <summary>Jobs of backups on a real cluster.</summary>
/// <param name="connection">The cluster.</param>
/// <param name="place">The namespace.</param>
internal sealed class ClusterBackups(ClusterConnection connection, string place) : IBackupPlace
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Manifest>> CronJobsAsync(string? system, CancellationToken cancel)
    {
        var found = await connection.AskAsync((client, token) => client.BatchV1.ListNamespacedCronJobAsync(place, cancellationToken: token), cancel);
        return [.. found.Items.Select(cronJob => ClusterObject.AsManifest(cronJob, "batch/v1", "CronJob")).Where(one => BackupJob.Makes(one, system))];
    }

    /// <inheritdoc/>
    public Task<bool> MakeAsync(Manifest cronJob, Action<string> onLine, TimeSpan limit, CancellationToken cancel) => RunAsync(BackupJob.Of(cronJob), onLine, limit, cancel);

    /// <inheritdoc/>
    public async Task<bool> RunAsync(Manifest job, Action<string> onLine, TimeSpan limit, CancellationToken cancel)
    {
        var body = KubernetesJson.Deserialize<V1Job>(job.Body.ToJsonString());
        await connection.AskAsync((client, token) => client.BatchV1.CreateNamespacedJobAsync(body, place, cancellationToken: token), cancel);
        try
        {
            return await EndAsync(job.Name, onLine, limit, cancel);
        }
        catch (Exception gone) when (gone is CommandException || cancel.IsCancellationRequested)
        {
            throw new CommandException($"{(gone as CommandException)?.Message ?? "interrupted"}; Job {job.Name} goes on: kubectl --context {connection.Context} -n {place} logs -f job/{job.Name}", CommandException.Failed);
        }
    }

    private async Task<bool> EndAsync(string job, Action<string> onLine, TimeSpan limit, CancellationToken cancel)
    {
        var told = 0;
        for (var watch = Stopwatch.StartNew(); ; await Task.Delay(LookPeriod, cancel))
        {
            var now = await connection.AskAsync((client, token) => client.BatchV1.ReadNamespacedJobStatusAsync(job, place, cancellationToken: token), cancel);
            told = await TellAsync(job, told, onLine, cancel);
            if (ClusterJob.End(now) is { } end)
            {
                return end.Type == ClusterJob.Complete;
            }

            if (watch.Elapsed > limit)
            {
                throw new CommandException($"it is not over after {limit.TotalMinutes:0} min", CommandException.Failed);
            }
        }
    }

    /// <summary>The log of a container that has not begun cannot be read, and is asked for again.</summary>
    private async Task<int> TellAsync(string job, int told, Action<string> onLine, CancellationToken cancel)
    {
        var pods = await connection.AskAsync((client, token) => client.CoreV1.ListNamespacedPodAsync(place, labelSelector: $"batch.kubernetes.io/job-name={job}", cancellationToken: token), cancel);
        if (pods.Items.FirstOrDefault()?.Status?.ContainerStatuses?.FirstOrDefault(one => one.Name == BackupJob.Container)?.State is not { } state || (state.Running is null && state.Terminated is null))
        {
            return told;
        }

        var text = await connection.AskAsync(
            async (client, token) =>
            {
                await using var log = await client.CoreV1.ReadNamespacedPodLogAsync(pods.Items[0].Metadata.Name, place, container: BackupJob.Container, cancellationToken: token);
                using var reader = new StreamReader(log);
                return await reader.ReadToEndAsync(token);
            },
            cancel);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(told))
        {
            onLine(line);
            told++;
        }

        return told;
    }
}
