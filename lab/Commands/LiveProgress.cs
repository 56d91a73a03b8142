using Spectre.Console;
using Spectre.Console.Rendering;

namespace Lab.Commands;

/// <summary>Progress for a terminal: a line a pod, each in its place until all are ready.</summary>
internal static class LiveProgress
{
    /// <summary>Shows the progress of work.</summary>
    public static Task RunAsync(Func<Action<IReadOnlyList<SetProgress>>, Task> work) => AnsiConsole
        .Live(Text.Empty)
        .Overflow(VerticalOverflow.Crop)
        .StartAsync(context => work(sets =>
        {
            context.UpdateTarget(Lines(sets, AnsiConsole.Profile.Width));
            context.Refresh();
        }));

    /// <summary>A line a pod, and one for a set that waits for a pod that is not there yet.</summary>
    /// <param name="sets">How far the sets are.</param>
    /// <param name="width">How many columns a line may have.</param>
    internal static IRenderable Lines(IReadOnlyList<SetProgress> sets, int width) => new Rows(sets
        .SelectMany(set => set.IsComplete || set.Pods.Count > 0 ? set.Pods : [set.Missing])
        .Select(pod => pod.Line())
        .Select(line => new Text(line.Length < width ? line : $"{line[..Math.Max(0, width - 2)]}…")));
}
