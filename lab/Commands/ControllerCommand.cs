using System.CommandLine;

namespace Lab.Commands;

/// <summary>The process that keeps a local cluster as it should be after <c>./dev up</c> has returned; started by it, not by people.</summary>
internal static class ControllerCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "controller";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "keep a local cluster as it should be (started by up)") { Hidden = true };
        var stack = new StackOptions(command, settings: false);
        command.SetAction(parsed => new LocalLab(stack.Name(parsed)).RunControllerAsync());
        return command;
    }
}
