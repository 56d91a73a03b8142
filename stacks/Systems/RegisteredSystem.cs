using Pulumi;

namespace Stacks.Systems;

/// <summary>A system that the program has registered.</summary>
/// <param name="Outputs">What the stack tells of it.</param>
/// <param name="EndPods">The line that ends its pods, which outlive the stack.</param>
internal sealed record RegisteredSystem(Dictionary<string, object?> Outputs, Output<string> EndPods);
