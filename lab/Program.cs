using System.CommandLine;
using System.CommandLine.Help;
using Lab;
using Lab.Cluster;
using Lab.Commands;

// Not a RootCommand, which would go by the name of this file: people call it by that of the script.
var root = new Command("./dev", "Stateful applications as code: try a stack on this machine, look at what it deploys, deploy it.\n"
    + "./dev test [unit|lab|faults|cluster], ./dev build and ./dev fmt work on the project itself.")
{
    new HelpOption(),
};
foreach (var command in new[]
{
    UpCommand.Create(), DownCommand.Create(), StatusCommand.Create(), PreviewCommand.Create(),
    SqlCommand.Create(), ExecCommand.Create(), LogsCommand.Create(), DeleteCommand.Create(), ReseedCommand.Create(),
    RenderCommand.Create(), CheckCommand.Create(), ImagesCommand.Create(), BenchCommand.Create(), SoakCommand.Create(), ControllerCommand.Create(),
})
{
    root.Subcommands.Add(command);
}

var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    return WrongUse.Explain(parsed);
}

try
{
    var invocation = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
    if (parsed.CommandResult.Command.Name is BenchCommand.Name or SoakCommand.Name)
    {
        // Interrupted, it removes the instance that it made.
        invocation.ProcessTerminationTimeout = TimeSpan.FromMinutes(2);
    }

    return await parsed.InvokeAsync(invocation);
}
catch (CommandException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return wrong.ExitCode;
}
catch (ClusterException failure)
{
    Console.Error.WriteLine(string.Join('\n', [failure.Message, .. failure.LastLines.Select(line => $"  {line}")]));
    return CommandException.Failed;
}
