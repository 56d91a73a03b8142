namespace Cli.Clusters;

/// <summary>How a command in a container ended.</summary>
/// <param name="ExitCode">Its exit code; <see cref="PodExec.NoExit"/> where it could not be run.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Problem">Why it could not be run, or was cut off; empty when it came to its end.</param>
internal sealed record ExecAnswer(int ExitCode, string Output, string Problem)
{
    /// <summary>Whether it ran and succeeded.</summary>
    public bool Succeeded => Problem.Length == 0 && ExitCode == 0;

    /// <summary>A command that could not be run.</summary>
    public static ExecAnswer Failed(string problem) => new(PodExec.NoExit, string.Empty, problem);
}
