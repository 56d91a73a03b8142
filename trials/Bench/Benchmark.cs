using System.Diagnostics;
using System.Globalization;
using Lab.Manifests;
using Lab.Processes;
using Trials.Instances;

namespace Trials.Bench;

/// <summary>Measures what the project promises, on an instance of the lab of its own.</summary>
/// <param name="lab">The instance, without pods.</param>
/// <param name="evaluate">Evaluates the stack.</param>
/// <param name="watch">Waits for a step, under its title.</param>
internal sealed class Benchmark(TemporaryLab lab, Func<Task<IReadOnlyList<Manifest>>> evaluate, Func<string, Task, Task> watch)
{
    private const int Servers = 3;
    private const int LaterEvaluations = 10;

    // A backup has no use for the donor's own logs; a raw copy takes them as well.
    private static readonly string[] LeftOut = ["ib_logfile", "ibtmp", "#ib_", "temp_", "mysql-bin.", "mysql-relay."];
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Runs it from empty claims to the last copy.</summary>
    /// <param name="gigabytes">How much data is seeded.</param>
    /// <param name="rounds">How often each thing is measured.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<BenchFigures> RunAsync(double gigabytes, int rounds, CancellationToken cancel)
    {
        var (manifests, evaluations) = await EvaluateAsync();
        var servers = MySqlServers.Of(manifests, Servers);
        foreach (var (image, pullPolicy) in PodContainers.Images([servers.Set]))
        {
            await StepAsync($"image {image}", lab.Images.ResolveAsync(image, pullPolicy));
        }

        var up = await StepAsync($"{Servers} servers on empty claims", UpAsync(servers, cancel));
        List<double> replica = [], primary = [], stops = [], raw = [], seeded = [];
        for (var round = 1; round <= rounds; round++)
        {
            replica.Add(await StepAsync($"killed replica, {round} of {rounds}", RecoverAsync(servers.Identity.Pod(Servers - 1), cancel)));
            primary.Add(await StepAsync($"killed primary, {round} of {rounds}", RecoverAsync(servers.Identity.Pod(0), cancel)));
            stops.Add(await StepAsync($"stopped primary, {round} of {rounds}", StopAsync(servers.Identity.Pod(0), cancel)));
        }

        await StepAsync(string.Create(CultureInfo.InvariantCulture, $"loading {gigabytes} GiB into the primary"), LoadAsync(servers, gigabytes, cancel));
        var directory = Path.Combine((await lab.Cluster.ClaimsAsync()).First(claim => claim.Name == servers.Claim(0)).Path, "mysql");
        var copy = await RawCopy.StartAsync(lab, servers.ToolsImage, directory);
        var seeding = new Seeding(lab, servers);
        for (var round = 1; round <= rounds; round++)
        {
            raw.Add((await StepAsync($"raw copy, {round} of {rounds}", SettledAsync(copy.RunAsync, cancel))).TotalSeconds);
            seeded.Add((await StepAsync($"seeding, {round} of {rounds}", SettledAsync(seeding.RunAsync, cancel))).TotalSeconds);
        }

        await StepAsync("memory while it is seeded", seeding.MeasureMemoryAsync(cancel));

        return new BenchFigures
        {
            Evaluations = evaluations,
            Up = up,
            ReplicaRecoveries = replica,
            PrimaryRecoveries = primary,
            PrimaryStops = stops,
            RawBytes = Bytes(directory, _ => true),
            SeededBytes = Bytes(directory, file => !LeftOut.Any(prefix => file.StartsWith(prefix, StringComparison.Ordinal))),
            RawCopies = raw,
            Seedings = seeded,
            Memory = seeding.Memory.Megabytes,
            Load = $"{(await File.ReadAllTextAsync("/proc/loadavg", cancel)).Split(' ')[0]} on {Environment.ProcessorCount} processors",
        };
    }

    private async Task<(IReadOnlyList<Manifest> Manifests, IReadOnlyList<double> Milliseconds)> EvaluateAsync()
    {
        var milliseconds = new List<double>();
        IReadOnlyList<Manifest> manifests = [];
        for (var time = 0; time <= LaterEvaluations; time++)
        {
            var watch = Stopwatch.StartNew();
            manifests = await evaluate();
            milliseconds.Add(watch.Elapsed.TotalMilliseconds);
        }

        return (manifests, milliseconds);
    }

    private async Task<double> UpAsync(MySqlServers servers, CancellationToken cancel)
    {
        var watch = Stopwatch.StartNew();
        lab.Cluster.Apply(servers.Manifests);
        await lab.ReadyAsync(Limit, cancel);
        return watch.Elapsed.TotalSeconds;
    }

    private async Task<double> RecoverAsync(string pod, CancellationToken cancel)
    {
        await lab.ReadyAsync(Limit, cancel);
        var watch = Stopwatch.StartNew();
        await lab.RestartAsync(pod, TimeSpan.Zero, Limit, cancel);
        return watch.Elapsed.TotalSeconds;
    }

    // An orderly stop, as a roll makes it: from the deletion until the pod is gone. Nobody writes meanwhile.
    private async Task<double> StopAsync(string pod, CancellationToken cancel)
    {
        await lab.ReadyAsync(Limit, cancel);
        var watch = Stopwatch.StartNew();
        var gone = lab.Cluster.DeletePod(pod);
        await lab.UntilAsync($"{pod} to be gone", () => lab.Cluster.FindPod(pod)?.Uid != gone.Uid, Limit, cancel);
        return watch.Elapsed.TotalSeconds;
    }

    // The primary alone, its data on disk and its redo log short, so that all copies begin from the same.
    private async Task LoadAsync(MySqlServers servers, double gigabytes, CancellationToken cancel)
    {
        await lab.ReadyAsync(Limit, cancel);
        lab.Cluster.Scale(servers.Identity.Name, 1);
        await lab.ReadyAsync(Limit, cancel);
        for (var ordinal = 1; ordinal < Servers; ordinal++)
        {
            await lab.RemoveClaimAsync(servers.Claim(ordinal));
        }

        var primary = servers.Identity.Pod(0);
        await DataSet.LoadAsync(lab, primary, gigabytes, cancel);
        await lab.RestartAsync(primary, grace: null, Limit, cancel);
    }

    private static long Bytes(string directory, Func<string, bool> counts) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Where(file => counts(file.Name)).Sum(file => file.Length);

    private static async Task<TimeSpan> SettledAsync(Func<CancellationToken, Task<TimeSpan>> copy, CancellationToken cancel)
    {
        // What earlier work left to be written would be charged to this copy.
        await new CommandRunner().RunAsync(new Command("sync", []) { Timeout = Limit }, cancel);
        return await copy(cancel);
    }

    private Task StepAsync(string title, Task work) => watch($"bench    {title}", work);

    private async Task<T> StepAsync<T>(string title, Task<T> work)
    {
        await watch($"bench    {title}", work);
        return await work;
    }
}
