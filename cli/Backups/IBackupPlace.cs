using Lab.Manifests;

namespace Cli.Backups;

/// <summary>Where Jobs of backups run: the lab, or a real cluster.</summary>
internal interface IBackupPlace
{
    /// <summary>The CronJobs that make backups, of a system where one is named.</summary>
    Task<IReadOnlyList<Manifest>> CronJobsAsync(string? system, CancellationToken cancel);

    /// <summary>Makes a backup now, as the CronJob does by the clock.</summary>
    /// <param name="cronJob">The CronJob.</param>
    /// <param name="onLine">Called with each line that its script writes.</param>
    /// <param name="limit">For how long to wait; the backup goes on after that.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Whether it is a good one.</returns>
    Task<bool> MakeAsync(Manifest cronJob, Action<string> onLine, TimeSpan limit, CancellationToken cancel);

    /// <summary>Runs a Job to its end.</summary>
    /// <param name="job">The Job.</param>
    /// <param name="onLine">Called with each line that its script writes.</param>
    /// <param name="limit">For how long to wait; the Job goes on after that.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>Whether it succeeded.</returns>
    Task<bool> RunAsync(Manifest job, Action<string> onLine, TimeSpan limit, CancellationToken cancel);
}
