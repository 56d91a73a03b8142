using System.CommandLine;
using Lab.State;

namespace Lab.Commands;

/// <summary>Shows the pods of an instance.</summary>
internal static class StatusCommand
{
    /// <summary>The command.</summary>
    public static Command Create(FolderOption instance)
    {
        var command = new Command("status", "show the pods, Jobs and CronJobs");
        instance.AddTo(command);
        command.SetAction(parsed =>
        {
            var state = instance.Running(parsed).Cluster.State;
            Print(state);
            return state.Pods.All(pod => pod.Ready || pod.Job.Length > 0) && !state.Jobs.Any(job => job is { Phase: JobState.Failed, IsByItself: true }) ? 0 : CommandException.Failed;
        });
        return command;
    }

    /// <summary>Prints a line for each pod, each Job and each CronJob; what a Job that failed wrote last, below it.</summary>
    public static void Print(ClusterState state)
    {
        foreach (var pod in state.Pods)
        {
            Console.WriteLine($"{pod.Name,-16} {(pod.Ready ? "ready" : pod.Reason),-16} {pod.Address,-15} {pod.Restarts} restarts   {pod.Message}".TrimEnd());
        }

        foreach (var line in JobLines.Of(state))
        {
            Console.WriteLine(line);
        }
    }
}
