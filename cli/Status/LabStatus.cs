using Cli.Backups;
using Lab;
using Lab.State;

namespace Cli.Status;

/// <summary>The pods of a local cluster.</summary>
/// <param name="stack">The stack that it runs.</param>
/// <param name="cluster">The cluster.</param>
internal sealed class LabStatus(string stack, LabCluster cluster) : IStatusSource
{
    /// <inheritdoc/>
    public string NamedBy => "stack";

    /// <inheritdoc/>
    public string Name => stack;

    /// <inheritdoc/>
    public async Task<StatusReport> ReadAsync(CancellationToken cancel) => new(await PodRow.AllAsync(cluster).WaitAsync(cancel), [], []) { Backups = Backups() };

    private IReadOnlyList<BackupRow> Backups()
    {
        var state = cluster.State;
        return
        [
            .. from cronJob in cluster.Manifests
               where BackupJob.Makes(cronJob, null)
               let cron = state.CronJobs.FirstOrDefault(one => one.Namespace == cronJob.Namespace && one.Name == cronJob.Name)
               where cron is not null
               select BackupRow.Of(
                   BackupJob.SystemOf(cron.Name), cron.Namespace, cron.Suspended, known: null,
                   [.. state.Jobs.Where(job => job.Namespace == cron.Namespace && job.CronJob == cron.Name).Select(Run)]),
        ];
    }

    private static BackupRun Run(JobState job) => new(job.Name, job.StartedAt, job.FinishedAt, job.Phase switch
    {
        JobState.Complete => BackupOutcome.Good,
        JobState.Failed => BackupOutcome.Failed,
        _ => BackupOutcome.None,
    });
}
