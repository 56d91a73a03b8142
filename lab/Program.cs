using System.CommandLine;
using Lab;
using Lab.Commands;

var root = new RootCommand("Stateful applications as code: try a stack on this machine, look at what it deploys, deploy it.");
root.Subcommands.Add(RenderCommand.Create());
root.Subcommands.Add(CheckCommand.Create());

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
