using System.Diagnostics;

namespace Lab.Commands;

/// <summary>Shows what a command waits for and how long it has: in place on a terminal; elsewhere a line after two seconds, and then every ten.</summary>
public sealed class Waiting
{
    private static readonly TimeSpan TerminalPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(2);

    private readonly bool terminal = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private readonly Stopwatch sinceShown = Stopwatch.StartNew();
    private bool shownBefore;
    private int width;

    /// <summary>Waits for work, under a title.</summary>
    public static async Task ForAsync(string title, Task work)
    {
        var waiting = new Waiting();
        var watch = Stopwatch.StartNew();
        while (await Task.WhenAny(work, Task.Delay(100)) != work)
        {
            waiting.Show($"{title}   {watch.Elapsed.TotalSeconds:0} s");
        }

        waiting.Clear();
        await work;
    }

    /// <summary>Shows a line instead of the last one, unless that has just been shown.</summary>
    public void Show(string line)
    {
        if (sinceShown.Elapsed < (terminal ? TerminalPeriod : shownBefore ? PlainPeriod : Silence))
        {
            return;
        }

        sinceShown.Restart();
        shownBefore = true;
        if (!terminal)
        {
            Console.Error.WriteLine(line);
            return;
        }

        var shown = line.Length < Console.WindowWidth ? line : line[..Math.Max(0, Console.WindowWidth - 1)];
        Console.Error.Write($"\r{shown.PadRight(width)}");
        width = shown.Length;
    }

    /// <summary>Makes room for lines that stay.</summary>
    public void Clear()
    {
        if (terminal && width > 0)
        {
            Console.Error.Write($"\r{new string(' ', width)}\r");
            width = 0;
        }
    }
}
