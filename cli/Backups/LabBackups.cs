using Lab;
using Lab.Commands;
using Lab.Manifests;
using Lab.State;

namespace Cli.Backups;

/// <summary>Jobs of backups in the lab.</summary>
/// <param name="cluster">The instance.</param>
internal sealed class LabBackups(LabCluster cluster) : IBackupPlace
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<Manifest>> CronJobsAsync(string? system, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Manifest>>([.. cluster.Manifests.Where(one => BackupJob.Makes(one, system))]);

    /// <inheritdoc/>
    // Kept in mind as a run by the clock is, so that status knows of it.
    public async Task<bool> MakeAsync(Manifest cronJob, Action<string> onLine, TimeSpan limit, CancellationToken cancel) =>
        (await cluster.RunCronJobAsync($"{cronJob.Namespace}/{cronJob.Name}", limit, OfScript(onLine), cancel)).Phase == JobState.Complete;

    /// <inheritdoc/>
    public async Task<bool> RunAsync(Manifest job, Action<string> onLine, TimeSpan limit, CancellationToken cancel) =>
        await cluster.RunJobAsync(job, limit, OfScript(onLine), cancel) is { } ended
            ? ended.Phase == JobState.Complete
            : throw new CommandException($"Job {job.Name} is not over after {limit.TotalMinutes:0} min, and is ended", CommandException.Failed);

    private static Action<string, string> OfScript(Action<string> onLine) => (container, line) =>
    {
        if (container == BackupJob.Container)
        {
            onLine(line);
        }
    };
}
