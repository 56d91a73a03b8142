using Pulumi;

namespace Stacks.Settings;

/// <summary>
/// The settings of a stack cannot be used; the message lists every problem. Being a <see cref="RunException"/>, Pulumi prints it as it is,
/// without a stack trace, and ends with an exit code other than 0.
/// </summary>
public sealed class SettingsException : RunException
{
    /// <summary>Makes the exception from all problems found.</summary>
    public SettingsException(IReadOnlyList<Problem> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Every problem, in the order of the settings.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    private static string Describe(IReadOnlyList<Problem> problems)
    {
        var width = problems.Max(problem => problem.Key.Length);
        var lines = problems.Select(problem => $"  {problem.Key.PadRight(width)}   {problem.Sentence}");
        return string.Join('\n', [Count(problems.Count), .. lines]);
    }

    private static string Count(int problems) => problems == 1 ? "1 setting needs a change" : $"{problems} settings need a change";
}
