using System.CommandLine;
using System.CommandLine.Help;
using Lab.Commands;

var folder = new FolderOption();
// Not a RootCommand, which would go by the name of this file.
var root = new Command("lab", "Runs a folder of Kubernetes manifests on this machine: StatefulSets, Jobs, CronJobs, their Services, claims, ConfigMaps and Secrets, with podman.")
{
    new HelpOption(),
};
foreach (var command in new[]
{
    UpCommand.Create(folder), StatusCommand.Create(folder), ExecCommand.Create(folder), LogsCommand.Create(folder), RunCommand.Create(folder), DeleteCommand.Create(folder),
    DownCommand.Create(folder), ControllerCommand.Create(),
})
{
    root.Subcommands.Add(command);
}

return await CommandLine.RunAsync(root, args);
