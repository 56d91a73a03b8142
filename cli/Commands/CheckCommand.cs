using System.CommandLine;
using Cli.Checks;
using Cli.Clusters;
using Cli.Evaluation;
using Lab.Commands;
using Lab.Manifests;

namespace Cli.Commands;

/// <summary>Holds a stack's objects against the invariants, and against what a cluster has.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "hold the stack's objects against the invariants of order and identity, and with --context against a cluster");
        var stack = new StackOptions(command);
        var cluster = new ClusterOptions(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var recorder = await StackEvaluation.RunAsync(stack.Read(parsed), ProjectFolder.Passwords(stack.Name(parsed)));
            var manifests = (await StackObjects.OfAsync(recorder)).All;
            IReadOnlyList<Violation> violations = [.. OrderInvariants.Check(await RecordedGraph.OfAsync(recorder)), .. Invariants.Check(manifests)];
            Print(violations);
            Console.WriteLine(violations.Count == 0
                ? $"{manifests.Count} objects of stack {stack.Name(parsed)} keep all {OrderInvariants.All.Count + Invariants.All.Count} invariants"
                : $"{violations.Count} of the invariants are broken");
            var obstacles = cluster.AreGiven(parsed) ? await AgainstAsync(cluster, parsed, manifests, cancel) : 0;
            return violations.Count == 0 && obstacles == 0 ? 0 : CommandException.Failed;
        });
        return command;
    }

    private static async Task<int> AgainstAsync(ClusterOptions cluster, ParseResult parsed, IReadOnlyList<Manifest> manifests, CancellationToken cancel)
    {
        using var connection = cluster.Open(parsed);
        var found = await new ClusterCheck(connection).RunAsync(manifests, cancel);
        Print(found);
        Console.WriteLine(found.Count == 0
            ? $"nothing in the cluster of context {connection.Context} stands in their way"
            : $"{found.Count} {(found.Count == 1 ? "thing" : "things")} in the cluster of context {connection.Context} would not let them be made");
        return found.Count;
    }

    private static void Print(IEnumerable<Violation> violations)
    {
        foreach (var violation in violations)
        {
            Console.WriteLine($"{violation.Subject}: {violation.Sentence}");
        }
    }
}
