using System.CommandLine;
using Cli.Evaluation;
using Cli.Graphs;

namespace Cli.Commands;

/// <summary>Shows what a stack consists of and what waits for what.</summary>
internal static class GraphCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var command = new Command("graph", "show the stack's resources, what waits for what, and the order in which they begin, down to the pods");
        var stack = new StackOptions(command);
        var mermaid = new Option<bool>("--mermaid") { Description = "in mermaid's words, for a Markdown file" };
        var svg = new Option<bool>("--svg") { Description = "as a picture" };
        command.Options.Add(mermaid);
        command.Options.Add(svg);
        command.Validators.Add(result =>
        {
            if (result.GetValue(mermaid) && result.GetValue(svg))
            {
                result.AddError("graph takes --mermaid or --svg, not both");
            }
        });
        command.SetAction(async parsed =>
        {
            var name = stack.Name(parsed);
            var recorded = await RecordedGraph.OfAsync(await StackEvaluation.RunAsync(stack.Read(parsed), ProjectFolder.Passwords(name)));
            var graph = StackGraph.Of(recorded);
            await Console.Out.WriteAsync(parsed.GetValue(svg) ? GraphSvg.Of(graph, name) : Text(parsed.GetValue(mermaid) ? GraphMermaid.Lines(graph) : GraphTree.Lines(graph, name)));
            return 0;
        });
        return command;
    }

    private static string Text(IEnumerable<string> lines) => string.Concat(lines.Select(line => $"{line}\n"));
}
