using System.CommandLine;

namespace Lab.Commands;

/// <summary>How the command line says which instance a command works on. Whoever has instances of his own has an option of his own.</summary>
public abstract class InstanceOption
{
    /// <summary>Adds it to a command.</summary>
    public abstract void AddTo(Command command);

    /// <summary>The instance that the command line means.</summary>
    public abstract LabInstance Instance(ParseResult parsed);

    /// <summary>What people call the instance.</summary>
    public abstract string Name(ParseResult parsed);

    /// <summary>What people would type to give a command to the same instance.</summary>
    /// <param name="command">The command, such as <c>up</c>.</param>
    /// <param name="parsed">The command line that means the instance.</param>
    public abstract string Line(string command, ParseResult parsed);

    /// <summary>The instance, with pods in it, or Jobs that make some.</summary>
    /// <exception cref="CommandException">Nothing runs.</exception>
    public LabInstance Running(ParseResult parsed) => Instance(parsed) is var instance && instance.Cluster.State is { Pods.Count: > 0 } or { Jobs.Count: > 0 } or { CronJobs.Count: > 0 }
        ? instance
        : throw new CommandException($"nothing of {Name(parsed)} runs on this machine; {Line("up", parsed)} starts it", CommandException.Failed);
}
