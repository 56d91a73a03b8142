using System.Diagnostics;
using Lab.Cluster.Processes;

namespace Tests.Faults.Clone;

/// <summary>Stops a seeding by CLONE at a point of its way.</summary>
internal static class CloneSteps
{
    private const string Seeder = "clone-mysql";
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
        lab.Lab.Scale(FaultLab.Set, ordinal + 1);
        var seeder = await lab.RunningAsync(pod, Seeder);
        var progress = new CloneProgress(await lab.VolumeAsync(pod), DateTime.UtcNow);
        var server = await ReceivingAsync(lab, seeder, progress);
        // A stage may take a few milliseconds: the server runs for one at a time and is looked at while it stands still.
        for (var waited = Stopwatch.StartNew(); progress.Stage() != wanted; Slice(server))
        {
            Xunit.Assert.True(
                waited.Elapsed < Limit && server.IsRunning && progress.Stage() <= wanted, $"{stage} of {pod} was not seen; stage {progress.Stage()}\n{lab.Story()}");
        }

        return (seeder, server);
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

    // Stands still as soon as the first bytes of the copy come.
    private static async Task<WatchedProcess> ReceivingAsync(FaultLab lab, LabContainer seeder, CloneProgress progress)
    {
        var server = await seeder.ProcessAsync("--skip-networking");
        for (var waited = Stopwatch.StartNew(); !progress.Begun; await Task.Delay(1))
        {
            Xunit.Assert.True(waited.Elapsed < Limit, $"{seeder.Pod} received nothing\n{lab.Story()}");
        }

        LabContainer.Freeze(server);
        return server;
    }

    private static void Slice(WatchedProcess server)
    {
        LabContainer.Thaw(server);
        Thread.Sleep(1);
        LabContainer.Freeze(server);
    }
}
