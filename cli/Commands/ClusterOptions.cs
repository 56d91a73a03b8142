using System.CommandLine;
using Cli.Clusters;
using Lab.Commands;

namespace Cli.Commands;

/// <summary>The options of a command that looks at a real cluster: which one.</summary>
internal sealed class ClusterOptions
{
    private const string Variable = "KUBECONFIG";

    private readonly Option<string?> context = new("--context") { Description = "a real cluster, by its context in the kubeconfig", HelpName = "name" };
    private readonly Option<string?> kubeconfig = new("--kubeconfig") { Description = "the kubeconfig; KUBECONFIG or ~/.kube/config where it is left out", HelpName = "file" };

    /// <summary>Adds the options to a command.</summary>
    public ClusterOptions(Command command)
    {
        command.Options.Add(context);
        command.Options.Add(kubeconfig);
    }

    /// <summary>Whether the command line speaks of a real cluster.</summary>
    public bool AreGiven(ParseResult parsed) => parsed.GetValue(context) is not null || parsed.GetValue(kubeconfig) is not null;

    /// <summary>The cluster that was asked for.</summary>
    /// <exception cref="CommandException">There is no such context.</exception>
    public ClusterConnection Open(ParseResult parsed) => ClusterConnection.Open(parsed.GetValue(kubeconfig) ?? Environment.GetEnvironmentVariable(Variable), parsed.GetValue(context));
}
