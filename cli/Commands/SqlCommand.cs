using System.CommandLine;
using Cli.Status;
using Lab;
using Lab.Commands;
using Lab.State;

namespace Cli.Commands;

/// <summary>Runs SQL as root on a host of a local cluster, by the host's name as the pods know it.</summary>
internal static class SqlCommand
{
    private const string Script = "/mnt/scripts/sql.sh";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("sql", "run SQL as root on a host, such as mysql-0.mysql or mysql-read");
        var instance = new StackInstance();
        instance.AddTo(command);
        var host = new Argument<string>("host") { Description = "a host as the pods know it" };
        var statements = new Argument<string?>("statements") { Description = "the statements; read from standard input where they are left out", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(host);
        command.Arguments.Add(statements);
        command.SetAction(async parsed =>
        {
            var cluster = instance.Running(parsed).Cluster;
            var input = parsed.GetValue(statements) ?? await Console.In.ReadToEndAsync();
            var name = parsed.GetValue(host)!;
            var result = await cluster.ExecAsync(Client(cluster, name), MySqlStatus.Container, ["bash", Script, name], input);
            await Console.Out.WriteAsync(result.StandardOutput);
            await Console.Error.WriteAsync(result.StandardError);
            return result.Succeeded ? 0 : CommandException.Failed;
        });
        return command;
    }

    /// <summary>The pod whose client is used: the one that the host names, where it runs, or else any whose set the host belongs to.</summary>
    private static string Client(LabCluster cluster, string host)
    {
        var running = cluster.State.Pods
            .Where(pod => pod.Job.Length == 0 && pod.Containers.Any(container => container.Name == MySqlStatus.Container && container.Id.Length > 0))
            .ToList();
        var nearest = running.Find(pod => pod.Name == host.Split('.')[0])
            ?? running.Find(pod => host.StartsWith(pod.Set, StringComparison.Ordinal) && pod.Ready)
            ?? running.FirstOrDefault();
        return nearest is not null
            ? PathOf(nearest)
            : throw new CommandException("no MySQL server runs, so there is no client either; ./dev status tells why", CommandException.Failed);
    }

    private static string PathOf(PodState pod) => $"{pod.Namespace}/{pod.Name}";
}
