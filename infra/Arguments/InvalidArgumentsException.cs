using Pulumi;

namespace Infra.Arguments;

/// <summary>
/// The arguments of a component cannot be used; the message lists every problem. Being a <see cref="RunException"/>, Pulumi prints it as it is,
/// without a stack trace. An argument whose value comes from another resource can be found wrong only when that is there: then it fails those
/// resources that are made of it.
/// </summary>
public sealed class InvalidArgumentsException : RunException
{
    /// <summary>Makes the exception from all problems found.</summary>
    /// <param name="subject">The component, such as <c>MySqlCluster "shop"</c>.</param>
    /// <param name="problems">What is wrong; at least one.</param>
    public InvalidArgumentsException(string subject, IReadOnlyList<ArgumentProblem> problems)
        : base(string.Join('\n', [$"{subject}: {Count(problems)}", .. problems.Select(problem => $"  {problem.Argument}: {problem.Sentence}")])) => Problems = problems;

    /// <summary>Every problem.</summary>
    public IReadOnlyList<ArgumentProblem> Problems { get; }

    private static string Count(IReadOnlyList<ArgumentProblem> problems) =>
        problems.Count == 1 ? "1 argument needs a change" : $"{problems.Count} arguments need a change";
}
