namespace Lab.Processes;

/// <summary>Runs external programs.</summary>
public interface ICommandRunner
{
    /// <summary>Runs a program to its end, or kills it and its children when its time is up or <paramref name="cancel"/> asks for it.</summary>
    /// <exception cref="ClusterException">The program isn't installed.</exception>
    Task<CommandResult> RunAsync(Command command, CancellationToken cancel = default);
}
