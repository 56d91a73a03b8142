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
}
