using System.Text.Json;
using System.Text.RegularExpressions;
using Cli.Commands;
using Lab.Commands;
using Lab.Manifests;
using Lab.Processes;

namespace Trials.Bench;

/// <summary>Measures the command line: a stack beside a chart of the same objects, and stacks of ever more systems.</summary>
/// <param name="helm">The program <c>helm</c>; nothing where there is none to compare with.</param>
/// <param name="most">The most systems.</param>
internal sealed partial class EvaluationBenchmark(string? helm, int most)
{
    private const int Rounds = 7;
    private static readonly int[] Systems = [1, 10, 50, 100, 200, 500];

    // Beside the folders that this program is built into; `./dev render` publishes it there.
    private static readonly string Published = Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "commands", "Cli.dll");

    /// <summary>Runs it.</summary>
    /// <param name="stack">The objects of the stack that <c>./dev render</c> shows by itself.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<EvaluationFigures> RunAsync(IReadOnlyList<Manifest> stack, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        var (render, template) = (new Command(Path.Combine(ProjectFolder.Root, "dev"), ["render"]), Chart(folder, stack));
        // Once before it counts: it may have to be built, and the files read from the disk.
        await Timing.OfAsync(render, cancel);
        await CompareAsync(template, stack.Count, cancel);
        List<Timing> renders = [], templates = [];
        for (var round = 0; round < Rounds; round++)
        {
            renders.Add((await Timing.OfAsync(render, cancel)).Time);
            if (template is not null)
            {
                templates.Add((await Timing.OfAsync(template, cancel)).Time);
            }
        }

        var growth = new List<(int Systems, Timing Time)>();
        foreach (var systems in Systems.Where(systems => systems <= most))
        {
            growth.Add((systems, await GrownAsync(systems, cancel)));
        }

        return new EvaluationFigures { Renders = renders, Templates = templates, Growth = growth };
    }

    private Command? Chart(TemporaryFolder folder, IReadOnlyList<Manifest> stack)
    {
        if (helm is null)
        {
            return null;
        }

        var chart = Directory.CreateDirectory(Path.Combine(folder.Root, "chart")).FullName;
        HelmChart.Write(chart, stack);
        return new Command(helm, ["template", "comparison", chart]);
    }

    private static async Task CompareAsync(Command? template, int objects, CancellationToken cancel)
    {
        if (template is not null && Kind().Count((await Timing.OfAsync(template, cancel)).Output) is var made && made != objects)
        {
            throw new CommandException($"helm makes {made} objects of a chart of {objects}: there is nothing to compare", CommandException.Failed);
        }
    }

    private static async Task<Timing> GrownAsync(int systems, CancellationToken cancel)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(ProjectFolder.Root, "Pulumi.yaml"), Path.Combine(folder.Root, "Pulumi.yaml"));
        var settings = Enumerable.Range(0, systems).Select(system => new { name = $"db{system}", replicas = 3 });
        folder.Write("Pulumi.grown.yaml", $"config: {{ 'statefulset:mysql': {JsonSerializer.Serialize(settings)} }}");
        var render = new Command("dotnet", [Published, "render", "--stack", "grown"]) { Environment = new Dictionary<string, string?> { ["STATEFULSET_ROOT"] = folder.Root } };
        // The passwords are made the first time.
        await Timing.OfAsync(render, cancel);
        return (await Timing.OfAsync(render, cancel)).Time;
    }

    [GeneratedRegex("^kind: ", RegexOptions.Multiline)]
    private static partial Regex Kind();
}
