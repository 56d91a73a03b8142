using Spectre.Console;

namespace Lab.Commands;

/// <summary>What a person sees while pods come up: on a terminal a line a pod that changes in place, elsewhere a line when a pod comes to another step.</summary>
internal static class UpProgress
{
    /// <summary>Shows the progress of work.</summary>
    /// <param name="work">Begins the work; what it is given is to be called often with how far the sets are.</param>
    public static Task RunAsync(Func<Action<IReadOnlyList<SetProgress>>, Task> work) => IsTerminal
        ? LiveProgress.RunAsync(work)
        : work(new PlainProgress(TimeProvider.System, Console.WriteLine).Show);

    // One that cannot move its cursor would get every line anew.
    private static bool IsTerminal => !Console.IsErrorRedirected && AnsiConsole.Profile is { Out.IsTerminal: true, Capabilities: { Ansi: true, Interactive: true } };
}
