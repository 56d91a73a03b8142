using Cli.Evaluation;
using Lab.Manifests;

namespace Cli.Sides;

/// <summary>One of the two things that are compared.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Objects">Its objects.</param>
internal sealed record Side(string Name, IReadOnlyList<Manifest> Objects)
{
    /// <summary>The settings from which today's program made the objects; null where they are from elsewhere.</summary>
    public StackFile? Stack { get; init; }

    /// <summary>Sets that are there beside its objects, of systems that the other side does not have: another stack's, or left over.</summary>
    public IReadOnlyList<Manifest> Others { get; init; } = [];
}
