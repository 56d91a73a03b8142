using System.CommandLine;
using System.CommandLine.Help;
using Cli.Commands;
using Lab.Commands;
using Stacks.Settings;

// What the script of that name does without this program.
string[] others = ["bench", "soak", "test", "mutate", "golden", "build", "fmt"];
// Not a RootCommand, which would go by the name of this file: people call it by that of the script.
var root = new Command("./dev", "Stateful applications as code: try a stack on this machine, look at what it deploys.\n"
    + $"./dev {string.Join(", ", others)} work on the project itself.")
{
    new HelpOption(),
};
var local = new StackInstance();
foreach (var command in new[]
{
    UpCommand.Create(), DownCommand.Create(local), StatusCommand.Create(), PreviewCommand.Create(),
    SqlCommand.Create(), ExecCommand.Create(local), LogsCommand.Create(local), DeleteCommand.Create(local), ReseedCommand.Create(), BackupCommand.Create(),
    RenderCommand.Create(), GraphCommand.Create(), DiffCommand.Create(), CheckCommand.Create(), ImagesCommand.Create(),
})
{
    root.Subcommands.Add(command);
}

return await CommandLine.RunAsync(root, args, new CommandWords { Others = others, Nearest = Suggestion.For });
