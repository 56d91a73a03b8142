namespace Lab.Processes;

/// <summary>How a <see cref="Command"/> ended.</summary>
/// <param name="ExitCode">The program's own; -1 when it was killed for its time.</param>
/// <param name="StandardOutput">All it wrote to its standard output.</param>
/// <param name="StandardError">All it wrote to its standard error.</param>
/// <param name="TimedOut">Whether it was killed because its time was up.</param>
public sealed record CommandResult(int ExitCode, string StandardOutput, string StandardError, bool TimedOut = false)
{
    /// <summary>Whether the program ended by itself with code 0.</summary>
    public bool Succeeded => ExitCode == 0 && !TimedOut;
}
