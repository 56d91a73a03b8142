using System.CommandLine;
using System.CommandLine.Help;
using Lab.Commands;
using Trials.Commands;

var root = new Command("./dev", "Trials of what a stack deploys, on local clusters of their own.") { new HelpOption() };
root.Subcommands.Add(BenchCommand.Create());
root.Subcommands.Add(SoakCommand.Create());

// Interrupted, they remove the instance that they made.
return await CommandLine.RunAsync(root, args, endTime: TimeSpan.FromMinutes(2));
