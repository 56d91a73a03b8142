using System.Diagnostics;

namespace Lab.Commands;

/// <summary>Shows what a command waits for and how long it has: in place on a terminal, a line every few seconds elsewhere.</summary>
public sealed class Waiting
{
    private static readonly TimeSpan TerminalPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromSeconds(2);

    private readonly bool terminal = !Console.IsErrorRedirected && !Console.IsOutputRedirected;
    private readonly Stopwatch sinceShown = new();
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
        if (sinceShown.IsRunning && sinceShown.Elapsed < (terminal ? TerminalPeriod : PlainPeriod))
        {
            return;
        }

        if (!terminal && !sinceShown.IsRunning)
        {
            // The first seconds are no wait to speak of.
            sinceShown.Start();
            return;
        }

        sinceShown.Restart();
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
