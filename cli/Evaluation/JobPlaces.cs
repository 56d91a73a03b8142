using System.Text.Json.Nodes;
using Lab.Manifests;

namespace Cli.Evaluation;

/// <summary>Which Jobs come before the pods of a set, as one that restores its data, and which after.</summary>
internal sealed class JobPlaces
{
    private readonly HashSet<JsonObject> before = [];
    private readonly HashSet<JsonObject> after = [];

    /// <summary>Reads the places of a run that is over.</summary>
    public static async Task<JobPlaces> OfAsync(Recorder recorder)
    {
        var places = new JobPlaces();
        // The graph takes longer to read than all the rest, and most stacks have no Jobs.
        if (!recorder.Begun.Any(IsJob))
        {
            return places;
        }

        var graph = await RecordedGraph.OfAsync(recorder);
        foreach (var node in graph.Objects)
        {
            if (IsSet(node.Recorded))
            {
                places.before.UnionWith(graph.Before(node).Select(other => other.Recorded).Where(IsJob).Select(job => job.Inputs));
            }
            else if (IsJob(node.Recorded) && graph.Before(node).Any(other => IsSet(other.Recorded)))
            {
                places.after.Add(node.Recorded.Inputs);
            }
        }

        return places;
    }

    /// <summary>Whether a StatefulSet waits for a Job, at once or through others.</summary>
    public bool IsWaitedFor(Manifest job) => before.Contains(job.Body);

    /// <summary>Whether a Job waits for a StatefulSet, at once, through others, or for the component that has it.</summary>
    public bool WaitsForSet(RecordedResource job) => after.Contains(job.Inputs);

    private static bool IsJob(RecordedResource resource) => resource is { IsKubernetes: true, Kind: "Job" };

    private static bool IsSet(RecordedResource resource) => resource is { IsKubernetes: true, Kind: "StatefulSet" };
}
