using System.Diagnostics;
using Lab.Processes;

namespace Trials.Faults.Clone;

/// <summary>Stops a seeding by CLONE at a point of its way.</summary>
internal static class CloneSteps
{
    private const string Seeder = "clone-mysql";
    private const int Tries = 3;
    private static readonly int FileCopy = Array.IndexOf(CloneProgress.Stages, "FILE COPY");
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Brings up a replica until its scratch server is in a stage of the clone, where it stands still.</summary>
    /// <param name="lab">The cluster.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="ordinal">The replica.</param>
    /// <returns>The seeding container, and the server that stands still.</returns>
    public static async Task<(LabContainer Seeder, WatchedProcess Server)> HeldInStageAsync(this FaultLab lab, string stage, int ordinal = 1)
    {
        var pod = $"{FaultLab.Set}-{ordinal}";
        var wanted = Array.IndexOf(CloneProgress.Stages, stage);
        for (var tries = 1; ; tries++)
        {
            lab.Lab.Scale(FaultLab.Set, ordinal + 1);
            var seeder = await lab.RunningAsync(pod, Seeder);
            var progress = new CloneProgress(await lab.VolumeAsync(pod), DateTime.UtcNow);
            var server = await seeder.ProcessAsync("--skip-networking");
            await StepToAsync(wanted, lab, server, progress);
            if (progress.Stage() == wanted)
            {
                return (seeder, server);
            }

            // A stage that this busy machine let go by is one of another copy.
            Xunit.Assert.True(tries < Tries, $"{stage} of {pod} was not seen {tries} times; stage {progress.Stage()}\n{lab.Story()}");
            lab.Lab.DeletePod(pod, TimeSpan.Zero);
            await lab.ScaleAsync(ordinal);
            await lab.EmptyClaimAsync(pod);
        }
    }

    /// <summary>Brings up a replica until a program of its seeding container comes to its hold.</summary>
    /// <param name="lab">The cluster.</param>
    /// <param name="program">The program.</param>
    /// <param name="script">What takes its place, see <see cref="LabContainer.Replace"/>.</param>
    /// <param name="ordinal">The replica.</param>
    public static async Task<LabContainer> HeldInSeederAsync(this FaultLab lab, string program, string script, int ordinal = 1)
    {
        lab.Lab.Scale(FaultLab.Set, ordinal + 1);
        var seeder = await lab.RunningAsync($"{FaultLab.Set}-{ordinal}", Seeder);
        seeder.Replace(program, script);
        await seeder.HeldAsync();
        return seeder;
    }

    private static async Task StepToAsync(int wanted, FaultLab lab, WatchedProcess server, CloneProgress progress)
    {
        await AtOnceAsync(() => FreezeReceiving(server, progress));
        foreach (var next in Enumerable.Range(FileCopy, wanted - FileCopy + 1))
        {
            await AtOnceAsync(() => StepTo(next, server, progress));
            if (next < wanted)
            {
                // Pages that change while one stage stands still are what the next one has to do.
                await lab.Cluster.SqlAsync("mysql-0", "UPDATE faults.bulk SET body = REPEAT(SHA2(RAND(), 256), 16384) WHERE id <= 8;");
            }
        }
    }

    // On a thread of its own: what is over within milliseconds is not missed because other trials keep all threads busy.
    private static Task AtOnceAsync(Action steps) => Task.Factory.StartNew(steps, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    // Stands still as soon as the first bytes of the copy come.
    private static void FreezeReceiving(WatchedProcess server, CloneProgress progress)
    {
        for (var waited = Stopwatch.StartNew(); !progress.Begun && server.IsRunning && waited.Elapsed < Limit;)
        {
            Thread.Sleep(1);
        }

        LabContainer.Freeze(server);
    }

    // A stage may take a few milliseconds: the server runs for no longer at a time, and is looked at meanwhile.
    private static void StepTo(int stage, WatchedProcess server, CloneProgress progress)
    {
        for (var waited = Stopwatch.StartNew(); progress.Stage() < stage && server.IsRunning && waited.Elapsed < Limit;)
        {
            LabContainer.Thaw(server);
            for (var slice = Stopwatch.StartNew(); slice.ElapsedMilliseconds < 2 && progress.Stage() < stage;)
            {
            }

            LabContainer.Freeze(server);
        }
    }
}
