using Pulumi;
using Pulumi.Utilities;

namespace Cli.Evaluation;

/// <summary>A recorded resource with its options and marks read: what stood behind an output is a plain value here.</summary>
/// <param name="Recorded">The resource.</param>
/// <param name="Marks">What the wire does not show of its inputs.</param>
/// <param name="DependsOn">The resources that its options name.</param>
/// <param name="Aliases">Who it used to be.</param>
/// <param name="Outputs">What a component told of itself.</param>
internal sealed record RecordedNode(
    RecordedResource Recorded, InputMarks Marks, IReadOnlyList<Resource> DependsOn, IReadOnlyList<RecordedAlias> Aliases, RecordedOutputs Outputs)
{
    /// <summary>Reads a resource of a run that is over.</summary>
    public static async Task<RecordedNode> OfAsync(RecordedResource recorded, Recorder recorder)
    {
        var aliases = new List<RecordedAlias>();
        foreach (var alias in recorded.Options.Aliases)
        {
            aliases.Add(await RecordedAlias.OfAsync(await OutputUtilities.GetValueAsync(alias.ToOutput())));
        }

        return new RecordedNode(
            recorded,
            await InputMarks.OfAsync(recorded.Args),
            await OutputUtilities.GetValueAsync(recorded.Options.DependsOn.ToOutput()),
            aliases,
            await RecordedOutputs.OfAsync(recorder, await OutputUtilities.GetValueAsync(recorded.Resource.Urn)));
    }

    /// <inheritdoc/>
    public bool Equals(RecordedNode? other) => ReferenceEquals(Recorded.Resource, other?.Recorded.Resource);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(Recorded.Resource);
}
