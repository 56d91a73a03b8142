using System.CommandLine;

namespace Lab.Commands;

/// <summary>Runs a CronJob now.</summary>
public static class RunCommand
{
    private const string Kind = "cronjob/";

    /// <summary>The command.</summary>
    public static Command Create(InstanceOption instance)
    {
        var command = new Command("run", "run a CronJob now, with its output, to its end: run cronjob/backup");
        instance.AddTo(command);
        var timeout = new Option<int>("--timeout") { Description = "how many seconds to wait for its end", DefaultValueFactory = _ => 3600, HelpName = "seconds" };
        timeout.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--timeout is a number of seconds, 1 or more");
            }
        });
        var what = new Argument<string>("cronjob") { Description = "cronjob/ and its name" };
        what.Validators.Add(result =>
        {
            if (!result.GetValueOrDefault<string>().StartsWith(Kind, StringComparison.Ordinal))
            {
                result.AddError($"\"{result.GetValueOrDefault<string>()}\" is nothing to run; {Kind}NAME is");
            }
        });
        command.Options.Add(timeout);
        command.Arguments.Add(what);
        command.SetAction((parsed, cancel) => RunAsync(instance.Running(parsed), parsed.GetValue(what)![Kind.Length..], TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancel));
        return command;
    }

    /// <summary>Runs a CronJob of an instance now, and prints what it writes and how it ends.</summary>
    /// <param name="lab">The instance.</param>
    /// <param name="name">The CronJob.</param>
    /// <param name="limit">How long to wait for its end.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>An exit code: 0 when it succeeded, 1 when it failed.</returns>
    /// <exception cref="ClusterException">There is no such CronJob, or it is not over in time.</exception>
    public static async Task<int> RunAsync(LabInstance lab, string name, TimeSpan limit, CancellationToken cancel)
    {
        var job = await lab.Cluster.RunCronJobAsync(name, limit, (container, line) => Console.WriteLine($"{container,-12} {line}"), cancel).ConfigureAwait(false);
        if (job.Phase == State.JobState.Complete)
        {
            Console.WriteLine($"job/{job.Name} has completed");
            return 0;
        }

        await Console.Error.WriteLineAsync($"job/{job.Name} {job.Failure}").ConfigureAwait(false);
        return CommandException.Failed;
    }
}
