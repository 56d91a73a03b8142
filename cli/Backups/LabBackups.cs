using System.Diagnostics;
using Lab;
using Lab.Commands;
using Lab.Manifests;
using Lab.State;

namespace Cli.Backups;

/// <summary>Jobs of backups in the lab.</summary>
/// <param name="cluster">The instance.</param>
internal sealed class LabBackups(LabCluster cluster) : IBackupPlace
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Manifest>> CronJobsAsync(string? system, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Manifest>>([.. cluster.Manifests.Where(one => BackupJob.Makes(one, system))]);

    /// <inheritdoc/>
    public async Task<bool> MakeAsync(Manifest cronJob, Action<string> onLine, TimeSpan limit, CancellationToken cancel)
    {
        // Kept in mind as a run by the clock is, so that status knows of it.
        var job = await cluster.RunCronJobAsync($"{cronJob.Namespace}/{cronJob.Name}", limit, (container, line) => { if (container == BackupJob.Container) { onLine(line); } }, cancel);
        return job.Phase == JobState.Complete;
    }

    /// <inheritdoc/>
    public async Task<bool> RunAsync(Manifest job, Action<string> onLine, TimeSpan limit, CancellationToken cancel)
    {
        cluster.Apply([.. cluster.Manifests, job]);
        try
        {
            var told = 0;
            for (var watch = Stopwatch.StartNew(); ; await Task.Delay(LookPeriod, cancel))
            {
                var found = cluster.State.Jobs.FirstOrDefault(one => one.Name == job.Name && one.Namespace == job.Namespace);
                told = Tell(job, told, onLine);
                if (found is { IsFinished: true })
                {
                    return found.Phase == JobState.Complete;
                }

                if (watch.Elapsed > limit)
                {
                    throw new CommandException($"Job {job.Name} is not over after {limit.TotalMinutes:0} min, and is ended", CommandException.Failed);
                }
            }
        }
        finally
        {
            // What was wanted once is wanted no more.
            cluster.Apply([.. cluster.Manifests.Where(one => one.Kind != job.Kind || one.Name != job.Name || one.Namespace != job.Namespace)]);
        }
    }

    private int Tell(Manifest job, int told, Action<string> onLine)
    {
        if (cluster.FindPod($"job/{job.Name}")?.Containers.FirstOrDefault(one => one.Name == BackupJob.Container) is not { Log.Length: > 0 } script)
        {
            return told;
        }

        foreach (var line in Lab.Pods.ContainerLog.Lines(script.Log).Skip(told))
        {
            onLine(line);
            told++;
        }

        return told;
    }
}
