using System.CommandLine;
using Cli.Evaluation;
using Cli.Meaning;
using Lab;

namespace Cli.Commands;

/// <summary>Shows what bringing the stack up would change.</summary>
internal static class PreviewCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("preview", "show what up would change on this machine, against the last up; of a cluster, pulumi preview tells");
        var stack = new StackOptions(command);
        command.SetAction(async parsed =>
        {
            var name = stack.Name(parsed);
            var objects = await StackEvaluation.ObjectsAsync(stack.Read(parsed), ProjectFolder.Passwords(name));
            var cluster = StackInstance.Of(name).Cluster;
            Console.WriteLine(Against(name, cluster));
            foreach (var line in DifferenceText.Lines(ManifestDifference.Between(cluster.Manifests, objects.All)))
            {
                Console.WriteLine(line);
            }

            return 0;
        });
        return command;
    }

    private static string Against(string stack, LabCluster cluster) => cluster.Manifests.Count == 0
        ? $"stack {stack}, which is not up on this machine"
        : $"stack {stack} against the last up, {Ago(DateTimeOffset.UtcNow - File.GetLastWriteTimeUtc(cluster.Folder.Desired))} ago";

    private static string Ago(TimeSpan ago) => ago switch
    {
        { TotalMinutes: < 1 } => $"{ago.TotalSeconds:0} s",
        { TotalHours: < 1 } => $"{ago.TotalMinutes:0} min",
        _ => $"{ago.TotalHours:0} h",
    };
}
