using Cli.Commands;
using Lab;

namespace Trials.Clusters;

/// <summary>What is left of a test's clusters for people to read: the events of each, and what its containers wrote. <c>./dev test</c> begins with none.</summary>
internal sealed class KeptLogs
{
    private static int clusters;

    private readonly string folder;

    private KeptLogs(string folder) => this.folder = folder;

    /// <summary>The logs of a test's class.</summary>
    /// <param name="test">The test, or what its class shares.</param>
    public static KeptLogs Of(object test) => new(Path.Combine(
        ProjectFolder.Root, ".dev", "logs", test.GetType().FullName!["Trials.".Length..], $"cluster-{Interlocked.Increment(ref clusters)}"));

    /// <summary>Keeps what there is of a cluster before it goes.</summary>
    public void Keep(LabCluster cluster)
    {
        var state = cluster.State;
        if (Directory.Exists(folder))
        {
            // Of an earlier run, which dotnet test leaves.
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(folder);
        File.WriteAllLines(Path.Combine(folder, "events.log"), state.Events.Select(one => $"{one.At:HH:mm:ss.fff} {one.Name} {one.Reason}: {one.Message}"));
        foreach (var (pod, container) in state.Pods.SelectMany(pod => pod.Containers, (pod, container) => (pod, container)))
        {
            foreach (var (log, name) in new[] { (container.PreviousLog, "previous.log"), (container.Log, "log") }.Where(one => File.Exists(one.Item1)))
            {
                File.Copy(log, Path.Combine(folder, $"{pod.Name}.{container.Name}.{name}"), overwrite: true);
            }
        }
    }
}
