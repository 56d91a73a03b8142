namespace Lab.Commands;

/// <summary>A command cannot do what it was asked; the message is for the person who asked.</summary>
public sealed class CommandException(string message, int exitCode = CommandException.WrongUse) : Exception(message)
{
    /// <summary>The exit code of a command that failed.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of a command that was used wrongly, or has wrong settings.</summary>
    public const int WrongUse = 2;

    /// <summary>The exit code that the command ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
