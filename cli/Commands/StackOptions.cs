using System.CommandLine;
using System.Text.Json.Nodes;
using Cli.Evaluation;
using Lab.Commands;

namespace Cli.Commands;

/// <summary>The options of every command that works on a stack: which one, and settings over those of its file.</summary>
internal sealed class StackOptions
{
    private const string DefaultStack = "dev";

    private readonly Option<string> stack = new("--stack", "-s")
    {
        Description = "the stack, as in Pulumi.<stack>.yaml",
        DefaultValueFactory = _ => DefaultStack,
        HelpName = "stack",
    };

    private readonly Option<string[]> config = new("--config", "-c")
    {
        Description = "a setting over the stack's own, such as mysql[0].replicas=5; may be repeated",
        HelpName = "path=value",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Options for a command that are added later.</summary>
    public StackOptions()
    {
    }

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command, which evaluates the stack.</param>
    public StackOptions(Command command) => AddTo(command, settings: true);

    /// <summary>How a command line says which stack; nothing where it need not.</summary>
    public static string Of(string stack) => stack == DefaultStack ? string.Empty : $" --stack {stack}";

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="settings">Whether the command evaluates the stack, and so takes settings over those of its file.</param>
    public void AddTo(Command command, bool settings)
    {
        command.Options.Add(stack);
        if (settings)
        {
            command.Options.Add(config);
        }
    }

    /// <summary>The stack's name.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(stack)!;

    /// <summary>The settings over those of the stack's file.</summary>
    public Option<string[]> Settings => config;

    /// <summary>The stack's configuration.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="change">Changes the stack's own values before those of the command line go over them.</param>
    /// <param name="after">Settings that go over those of the command line.</param>
    /// <exception cref="CommandException">There is no such stack, or a setting leads nowhere.</exception>
    public StackFile Read(ParseResult parsed, Action<JsonObject>? change = null, params IEnumerable<string> after) =>
        StackFile.Read(ProjectFolder.Root, Name(parsed), [.. parsed.GetValue(config)!, .. after], change);
}
