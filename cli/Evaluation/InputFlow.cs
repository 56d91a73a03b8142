using Pulumi;

namespace Cli.Evaluation;

/// <summary>An output that flows into an input.</summary>
/// <param name="Path">The input, such as <c>spec.serviceName</c>.</param>
/// <param name="From">The resource whose output it is.</param>
internal sealed record InputFlow(string Path, Resource From);
