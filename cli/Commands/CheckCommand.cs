using System.CommandLine;
using Cli.Checks;
using Cli.Evaluation;
using Lab.Commands;

namespace Cli.Commands;

/// <summary>Holds a stack's objects against the invariants.</summary>
internal static class CheckCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("check", "hold the stack's objects against the invariants of order and identity");
        var stack = new StackOptions(command);
        command.SetAction(async parsed =>
        {
            var recorder = await StackEvaluation.RunAsync(stack.Read(parsed), ProjectFolder.Passwords(stack.Name(parsed)));
            var manifests = (await StackObjects.OfAsync(recorder)).All;
            IReadOnlyList<Violation> violations = [.. OrderInvariants.Check(await RecordedGraph.OfAsync(recorder)), .. Invariants.Check(manifests)];
            foreach (var violation in violations)
            {
                Console.WriteLine($"{violation.Subject}: {violation.Sentence}");
            }

            Console.WriteLine(violations.Count == 0
                ? $"{manifests.Count} objects of stack {stack.Name(parsed)} keep all {OrderInvariants.All.Count + Invariants.All.Count} invariants"
                : $"{violations.Count} of the invariants are broken");
            return violations.Count == 0 ? 0 : CommandException.Failed;
        });
        return command;
    }
}
