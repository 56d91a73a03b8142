using System.CommandLine;
using Lab;
using Lab.Cluster;
using Lab.Commands;

var root = new RootCommand("Stateful applications as code: try a stack on this machine, look at what it deploys, deploy it.");
foreach (var command in new[]
{
    UpCommand.Create(), DownCommand.Create(), StatusCommand.Create(), SqlCommand.Create(), ExecCommand.Create(), RenderCommand.Create(),
    PreviewCommand.Create(), CheckCommand.Create(), ImagesCommand.Create(), ControllerCommand.Create(),
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
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
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
