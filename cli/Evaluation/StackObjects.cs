using Cli.Manifests;
using Lab.Manifests;
using Pulumi;
using Pulumi.Utilities;
using StatefulSet = Pulumi.Kubernetes.Apps.V1.StatefulSet;

namespace Cli.Evaluation;

/// <summary>A stack's Kubernetes objects. Whoever applies manifests applies them all at once, so that those that wait for ready pods stand apart.</summary>
/// <param name="AtOnce">The objects that may be applied together, in dependency order.</param>
/// <param name="OnceReady">The objects that are made when the pods of a set are ready.</param>
internal sealed record StackObjects(IReadOnlyList<Manifest> AtOnce, IReadOnlyList<Manifest> OnceReady)
{
    /// <summary>All of them, in the order in which YAML shows them.</summary>
    public IReadOnlyList<Manifest> All { get; } = [.. AtOnce, .. OnceReady];

    /// <summary>Reads the objects of a run that is over.</summary>
    public static async Task<StackObjects> OfAsync(Recorder recorder)
    {
        var jobs = await JobPlaces.OfAsync(recorder);
        var (atOnce, onceReady) = (new List<Manifest>(), new List<Manifest>());
        foreach (var resource in recorder.Begun.Where(resource => resource.IsKubernetes))
        {
            var waitsFor = await OutputUtilities.GetValueAsync(resource.Options.DependsOn.ToOutput());
            (jobs.WaitsForSet(resource) || waitsFor.Any(other => other is StatefulSet) ? onceReady : atOnce).Add(new Manifest(resource.Inputs));
        }

        return new StackObjects(DependencyOrder.Sort(atOnce, jobs.IsWaitedFor), DependencyOrder.Sort(onceReady));
    }
}
