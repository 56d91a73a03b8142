using System.CommandLine;
using System.CommandLine.Parsing;
using Cli.Clusters;
using Lab.Commands;

namespace Cli.Commands;

/// <summary>The options of a command that looks at a real cluster: which one, and where in it.</summary>
internal sealed class ClusterOptions
{
    private const string Variable = "KUBECONFIG";

    private readonly Option<string?> context = new("--context") { Description = "a real cluster, by its context in the kubeconfig", HelpName = "name" };
    private readonly Option<string?> kubeconfig = new("--kubeconfig") { Description = "the kubeconfig; KUBECONFIG or ~/.kube/config where it is left out", HelpName = "file" };

    private readonly Option<string?> place = new("--namespace", "-n") { HelpName = "namespace" };

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="namespace">What a namespace of the cluster says to the command; null for one that takes none.</param>
    public ClusterOptions(Command command, string? @namespace = null)
    {
        command.Options.Add(context);
        command.Options.Add(kubeconfig);
        if (@namespace is not null)
        {
            place.Description = @namespace;
            command.Options.Add(place);
        }
    }

    /// <summary>Whether the command line speaks of a real cluster.</summary>
    public bool AreGiven(ParseResult parsed) => AreGiven(parsed.CommandResult);

    /// <summary>Whether the command line, of which no more need be right, speaks of a real cluster.</summary>
    public bool AreGiven(CommandResult result) => result.GetValue(context) is not null || result.GetValue(kubeconfig) is not null;

    /// <summary>The cluster that was asked for.</summary>
    /// <exception cref="CommandException">There is no such context.</exception>
    public ClusterConnection Open(ParseResult parsed) => ClusterConnection.Open(parsed.GetValue(kubeconfig) ?? Environment.GetEnvironmentVariable(Variable), parsed.GetValue(context));

    /// <summary>The cluster that was asked for; null where the command line speaks of none, and the lab is meant.</summary>
    /// <exception cref="CommandException">There is no such context, or a namespace is named and no cluster.</exception>
    public ClusterConnection? OpenIfGiven(ParseResult parsed) => AreGiven(parsed)
        ? Open(parsed)
        : Namespace(parsed) is null ? null : throw new CommandException("--namespace is of a real cluster, which --context names");

    /// <summary>The namespace that was asked for; null where none was.</summary>
    public string? Namespace(ParseResult parsed) => parsed.GetValue(place);
}
