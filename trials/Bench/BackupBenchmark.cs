using Cli.Evaluation;
using Lab;
using Lab.State;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>Measures backups against raw packing of the same data, on an instance of the lab of its own.</summary>
/// <param name="lab">The instance, without pods.</param>
/// <param name="watch">Waits for a step, under its title.</param>
internal sealed class BackupBenchmark(TemporaryLab lab, Func<string, Task, Task> watch)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>Runs it.</summary>
    /// <param name="stack">The stack's objects, of which the first MySQL system has backups.</param>
    /// <param name="gigabytes">How much data there is.</param>
    /// <param name="rounds">How often each thing is measured.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<BackupFigures> RunAsync(StackObjects stack, double gigabytes, int rounds, CancellationToken cancel)
    {
        var servers = MySqlServers.Of(stack.AtOnce, 1);
        var (primary, cronJob) = (servers.Identity.Pod(0), stack.OnceReady.First(one => one.Kind == "CronJob"));
        lab.Cluster.Apply(servers.Manifests);
        await StepAsync("a server on an empty claim", lab.ReadyAsync(Limit, cancel));
        lab.Cluster.Apply([.. servers.Manifests, .. stack.OnceReady]);
        await StepAsync("loading it", DataSet.LoadAsync(lab, primary, gigabytes, cancel));
        // What is on disk is all there is then.
        await lab.RestartAsync(primary, grace: null, Limit, cancel);
        var directory = Path.Combine((await lab.Cluster.ClaimsAsync()).First(claim => claim.Name == servers.Claim(0)).Path, "mysql");
        var pack = new RawPack(directory, Path.Combine(lab.Folder.Path, "raw"));
        var (backups, raw) = (new List<BackupRunTimes>(), new List<(double, double)>());
        for (var round = 1; round <= rounds; round++)
        {
            var packing = pack.RunAsync(cancel);
            await StepAsync($"tar | zstd, {round} of {rounds}", packing);
            raw.Add(await packing);
            var backup = BackUpAsync(cronJob.Name, cancel);
            await StepAsync($"backup, {round} of {rounds}", backup);
            backups.Add(await backup);
        }

        return new BackupFigures
        {
            Backups = backups,
            Raw = raw,
            RawMegabytes = new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6,
        };
    }

    private async Task<BackupRunTimes> BackUpAsync(string cronJob, CancellationToken cancel)
    {
        var log = new List<string>();
        var job = await lab.Cluster.RunCronJobAsync(cronJob, Limit, (_, line) => log.Add(line), cancel);
        return job.Phase == JobState.Complete ? BackupRunTimes.Of(log) : throw new ClusterException($"the backup {job.Failure}", [.. log.TakeLast(10)]);
    }

    private Task StepAsync(string title, Task work) => watch($"bench    {title}", work);
}
